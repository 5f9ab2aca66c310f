import { type Clock, systemClock } from "../../http/clock";
import { concernsEveryRequest, lacksPermission, RequestError, TwilioError } from "../../http/errors";
import { printable } from "../../http/redaction/printable";
import { wellFormed } from "../../http/request";
import { describeUncarried } from "../api/codec";
import { AccountShare, Connection } from "../api/connection";
import { credentialProblems, readCredentials } from "../api/credentials";
import { type ConfigReader, type Environment, readSettings, type Settings } from "../api/settings";
import { ADOPTIONS, type Adoption } from "../definition/common-fields";
import type { Definition } from "../definition/define";
import { isUnknown } from "../engine-transport";
import { ConfigurationError, MismatchError, MissingCredentialsError } from "../errors";
import type { JsonObject } from "../json";
import { Duplicates } from "./duplicates";
import { KeyChanges } from "./key-changes";
import { Names } from "./names";
import { Ownership } from "./ownership";
import { QuietPeriod } from "./quiet-period";
import { Replacements } from "./replacements";

/** Shows the user a note that is no error. */
export type Notify = (message: string) => void;

/** What all resources of one run share: connections by account, and ownership. */
export class Session {
  readonly ownership = new Ownership();
  readonly names = new Names();
  readonly keyChanges = new KeyChanges();
  readonly replacements = new Replacements();
  readonly duplicates = new Duplicates();
  readonly quietPeriod: QuietPeriod;
  private readonly connections = new Map<string, Connection>();
  private readonly accounts = new Map<string, AccountShare>();
  private readonly surveys = new Map<Connection, Map<string, Promise<JsonObject[]>>>();
  private knownSettings: Settings | undefined;
  /** Texts that the user has seen. */
  private readonly told = new Set<string>();

  constructor(
    private readonly env: Environment,
    private readonly config: ConfigReader,
    notify: Notify,
    readonly clock: Clock = systemClock,
    private readonly patience: Pick<Settings, "maxAbsentMs"> = {},
  ) {
    this.quietPeriod = new QuietPeriod(clock);
    this.notify = (message) => notify(printable(wellFormed(message)));
  }

  /**
   * Shows the user a note. Twilio's words in it may be no UTF-8, which Pulumi's engine refuses, or steer a terminal.
   */
  readonly notify: Notify;

  get settings(): Settings {
    this.knownSettings ??= { ...readSettings(this.env, this.config), ...this.patience };
    return this.knownSettings;
  }

  /** The connection that a resource with these inputs or this state uses. */
  connection({ account }: JsonObject): Connection {
    const name = typeof account === "string" ? account : undefined;
    const known = this.connections.get(name ?? "");
    if (known !== undefined) return known;
    const credentials = readCredentials(this.env, this.config, name);
    const share = this.accounts.get(credentials.accountSid) ?? new AccountShare();
    this.accounts.set(credentials.accountSid, share);
    const waitForQuiet = (signal?: AbortSignal) => this.quietPeriod.wait(signal);
    const connection = new Connection(this.settings, credentials, this.clock, waitForQuiet, share);
    this.connections.set(name ?? "", connection);
    return connection;
  }

  /**
   * The same; undefined if its credentials are missing or wrong. Check has said so, and a preview works without them.
   */
  connectionIfAny(values: JsonObject): Connection | undefined {
    try {
      return this.connection(values);
    } catch {
      return undefined;
    }
  }

  /** Problems in the form of any credential of any account. */
  credentialProblems(): string[] {
    return credentialProblems(this.env, this.config);
  }

  /** The `adopt` option of the resource, or else of the config. */
  adoption({ adopt }: JsonObject): Adoption | undefined {
    return ADOPTIONS.find((option) => option === adopt) ?? this.settings.adopt;
  }

  /** Ends an operation on one object a moment after a request's own deadline, whose error knows the cause. */
  deadline(): AbortSignal {
    return this.clock.timeout(this.settings.timeoutMs + 500);
  }

  /** Lists each collection once a run, for the objects that predate the run. */
  survey(connection: Connection, path: string, list: () => Promise<JsonObject[]>): Promise<JsonObject[]> {
    const surveys = this.surveys.get(connection) ?? new Map<string, Promise<JsonObject[]>>();
    this.surveys.set(connection, surveys);
    const known = surveys.get(path) ?? list();
    surveys.set(path, known);
    known.catch(() => surveys.delete(path));
    return known;
  }

  /**
   * Problems of credentials and settings: in full once, then in brief, or not at all if the engine goes on. Missing
   * credentials are a note in a preview, no problem.
   */
  configurationProblem(inputs: JsonObject, goesOn: boolean): string | undefined {
    const problem = this.findConfigurationProblem(inputs);
    if (problem === undefined || this.noteTold(problem)) return problem;
    return goesOn
      ? undefined
      : "the credentials or settings are wrong, as another resource of this run reports.";
  }

  private findConfigurationProblem(inputs: JsonObject): string | undefined {
    if (isUnknown(inputs["account"])) return undefined;
    try {
      this.connection(inputs);
    } catch (error) {
      if (error instanceof MissingCredentialsError) this.noteMissing(error);
      else if (error instanceof TwilioError) return error.message;
      else throw error;
    }
    return undefined;
  }

  /** The error's text for the user. A cause that concerns the whole run is told in full once. */
  explain(error: unknown): string {
    return printable(wellFormed(this.explained(error)));
  }

  private explained(error: unknown): string {
    const isShared = error instanceof RequestError && (concernsEveryRequest(error) || lacksPermission(error));
    if (isShared && error.hint !== undefined)
      return this.noteTold(error.hint) ? error.message : error.sameCause;
    if (error instanceof ConfigurationError || error instanceof MismatchError)
      return this.noteTold(error.message)
        ? error.message
        : "failed for the reason that another resource of this run reports.";
    return error instanceof Error ? error.message : String(error);
  }

  private noteMissing({ message }: MissingCredentialsError): void {
    const note = `${message} A preview goes without them: nothing was verified against Twilio.`;
    this.notifyOnce(note);
  }

  /** Shows a note once a run: a preview that refreshes asks for each diff twice. */
  notifyOnce(message: string): void {
    if (this.noteTold(message)) this.notify(message);
  }

  /** Notes once that Pulumi shows a value of the object altered. */
  sayUncarried(definition: Definition, sid: string, live: JsonObject): void {
    const note = describeUncarried(definition, live);
    if (note !== undefined) this.notifyOnce(`${definition.noun} ${sid}: ${note}`);
  }

  /** Notes a text as told; false if it was told before. */
  private noteTold(text: string): boolean {
    if (this.told.has(text)) return false;
    this.told.add(text);
    return true;
  }
}
