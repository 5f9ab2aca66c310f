import type { Connection } from "../../engine/connection";
import { type Definition, isSingleton } from "../../engine/define";
import { isObject, type JsonObject, without } from "../../engine/json";
import { placeOf } from "../../engine/place";
import { stateAfter } from "../../engine/state";
import {
  addressConfiguration,
  configuration,
  credential,
  credentialVariants,
  service,
  serviceConfiguration,
  serviceNotifications,
  serviceWebhooks,
  user,
  webhooks,
} from "../../resources";
import { counted } from "../counted";
import { filledText } from "../filled-text";
import { conversationSections } from "./conversations";
import { argsOf, type Declaration, type ImportRow, importRow, variableExpression } from "./declaration";
import { commented, declaredInputs, notesOn } from "./declared-inputs";
import { Expression, objectFrom } from "./expression";
import { calledIn, type LiveAccount, type LiveService } from "./live-account";
import { Names, resourceName, variableName, variableNames } from "./names";
import type { Constant, Program, Section } from "./program";
import { Remarks } from "./remarks";
import { declareRoles, defaultsLeftOut } from "./service-roles";
import { isSet, isShaped, ownDefaults, stockDefaults } from "./twilios-own";

/** Of the account's configuration. */
const DEFAULT_SERVICE = '.apply((own) => own.defaultChatServiceSid ?? "")';

/** The settings of a service that somebody has changed. */
function changedSettings(live: LiveService): (readonly [Definition, JsonObject])[] {
  const { sid, roles, configuration: settings, notifications, webhooks: hooks } = live;
  if (notifications === undefined || hooks === undefined) return [];
  const isOwn = ownDefaults(roles, settings).length > 0 || settings["reachabilityEnabled"] === true;
  return [
    ...(isOwn ? [[serviceConfiguration, { ...settings, chatServiceSid: sid }] as const] : []),
    ...(isSet(serviceNotifications, notifications) ? [[serviceNotifications, notifications] as const] : []),
    ...(isSet(serviceWebhooks, hooks) ? [[serviceWebhooks, hooks] as const] : []),
  ];
}

export type MembersAs = "participants" | "roster";

export interface Estate {
  readonly program: Program;
  readonly rows: readonly ImportRow[];
  /** What the user should know, a sentence each. */
  readonly notes: readonly string[];
}

/** Gathers the program and its rows: each object gets its name, and later ones name it by its variable. */
export class EstateBuilder {
  readonly rows: ImportRow[] = [];
  readonly remarks = new Remarks();
  readonly references = new Map<string, Expression>();
  readonly variables = variableNames();
  private readonly secrets: [string, string][] = [];
  private readonly names = new Map<string, Names>();

  constructor(
    private readonly connection: Connection,
    readonly account: LiveAccount,
    readonly membersAs: MembersAs,
  ) {}

  build(): Estate {
    const perService = this.account.services.flatMap((one) => this.serviceSections(one));
    const sections = [...perService, ...this.accountSections()];
    return { program: { secrets: this.secrets, sections }, rows: this.rows, notes: this.remarks.all() };
  }

  /** A name that no other resource of the type has. */
  nameFor(type: string, texts: readonly (string | undefined)[], fallback: string): string {
    const names = this.names.get(type) ?? new Names();
    this.names.set(type, names);
    return names.give(resourceName(texts, fallback));
  }

  /** The state as if the program had created what is live. */
  stateOf(definition: Definition, live: JsonObject, inputs: JsonObject, serviceSid?: string): JsonObject {
    const place = placeOf(definition, this.connection, live, serviceSid);
    const isLent =
      isSingleton(definition) || ("naturalKey" in definition && definition.naturalKey.appears === true);
    const found = isLent ? live : undefined;
    return stateAfter(definition, { inputs, live, found, place, isSent: () => true });
  }

  /** Whether the program has a name for what has the SID. */
  readonly isNamed = (sid: string): boolean => this.references.has(sid);

  /** Declares one object as a program would, and records it. */
  declare(
    definition: Definition,
    live: JsonObject,
    naming: { readonly name: string; readonly variable?: string; readonly serviceSid?: string },
    { place = {}, leave = [] }: { readonly place?: JsonObject; readonly leave?: readonly string[] } = {},
    more: Partial<Declaration> = {},
  ): Declaration {
    const { inputs, leftOut } = declaredInputs(definition, live, place, leave, this.isNamed);
    this.remarks.add(...notesOn(`${definition.noun} ${naming.name}`, leftOut));
    const state = this.stateOf(definition, live, inputs, naming.serviceSid);
    this.rows.push(importRow(definition, naming.name, live, inputs, state));
    return {
      type: definition.type,
      name: naming.name,
      variable: naming.variable,
      ...more,
      ...commented(more.comment, leftOut),
      args: { ...argsOf(definition, inputs, this.references), ...more.args },
    };
  }

  private serviceSections(live: LiveService): Section[] {
    const { sid, row } = live;
    const place: JsonObject = row === undefined ? {} : { serviceSid: sid };
    const called = calledIn(live);
    const title = called.charAt(0).toUpperCase() + called.slice(1);
    const own = row === undefined ? [] : [this.declareService(row)];
    const roles = declareRoles(this, live, place);
    const changed = changedSettings(live);
    const constants = [...this.defaultService(live, changed.length > 0), ...roles.constants];
    const settings = this.declareSettings(live, changed);
    const people = live.users
      .filter((one) => isShaped(one, live.configuration))
      .map((one) => {
        const isDefault = one["roleSid"] === live.configuration["defaultChatServiceRoleSid"];
        const leave =
          isDefault && defaultsLeftOut(live).includes("defaultChatServiceRoleSid") ? ["roleSid"] : [];
        const name = this.nameFor("User", [String(one["identity"])], "user");
        return this.declare(user, one, { name, serviceSid: sid }, { place, leave }, settings.before);
      });
    const rest = live.users.length - people.length;
    if (rest > 0) this.remarks.add(`${counted(rest, "user")} of ${called} left to Twilio, which made them.`);
    return [
      { title, declarations: own },
      {
        title: `${title}: roles, settings and users`,
        constants,
        declarations: [...roles.declarations, ...settings.declarations, ...people],
      },
      ...live.conversations.map((one) => conversationSections(this, live, one, settings.before)),
    ];
  }

  /** The default service is another in each account, so the program asks for it. */
  private defaultService({ sid, row }: LiveService, isNeeded: boolean): Constant[] {
    const isMeant = ({ autoCreation }: JsonObject) =>
      isObject(autoCreation) && autoCreation["conversationServiceSid"] === sid;
    if (row !== undefined || !(isNeeded || this.account.addresses.some(isMeant))) return [];
    const variable = this.variables.give("defaultServiceSid", "");
    this.references.set(sid, new Expression(variable));
    return [[variable, "getConfigurationOutput", DEFAULT_SERVICE]];
  }

  private declareService(row: JsonObject): Declaration {
    const name = this.nameFor("Service", [String(row["friendlyName"])], "service");
    const variable = this.variableFor(String(row["sid"]), name, "service");
    return this.declare(service, row, { name, variable }, {}, { options: { protect: true } });
  }

  /** A variable for an object, by which everything after it names it. */
  variableFor(sid: string, name: string, fallback: string): string {
    const variable = this.variables.give(variableName(name, fallback), "");
    this.references.set(sid, variableExpression(variable));
    return variable;
  }

  /** `before` are the options of what is to come after the defaults of the service. */
  private declareSettings(
    { sid, row, roles, configuration }: LiveService,
    changed: readonly (readonly [Definition, JsonObject])[],
  ): { declarations: Declaration[]; before: Partial<Declaration> } {
    const owner = row === undefined ? "default" : String(row["friendlyName"]);
    const leave = stockDefaults(roles, configuration);
    const hasDefaults = ownDefaults(roles, configuration).length > 0;
    let before: Partial<Declaration> = {};
    const declarations = changed.map(([definition, one]) => {
      const name = this.nameFor(definition.type, [owner], "service");
      const isFirst = hasDefaults && definition === serviceConfiguration;
      const variable = isFirst
        ? this.variables.give(variableName(`${name}-configuration`, "configuration"), "")
        : undefined;
      if (variable !== undefined) before = { options: { dependsOn: new Expression(variable) } };
      return this.declare(
        definition,
        one,
        { name, variable, serviceSid: sid },
        { place: { serviceSid: sid }, leave },
      );
    });
    return { declarations, before };
  }

  private accountSections(): Section[] {
    const { isWhole, addresses, credentials, configuration: settings, webhooks: hooks } = this.account;
    if (!isWhole) return [];
    const own: Declaration[] = [];
    // The default service is where everything lives, and the default messaging service is the account's: both stay.
    const leave = ["defaultChatServiceSid", "defaultMessagingServiceSid"];
    this.remarks.add(
      `the account: left out ${leave.join(", ")} and the name of its default service, which are its own.`,
    );
    if (isSet(configuration, without(settings, leave)))
      own.push(this.declare(configuration, settings, { name: "account" }, { leave }));
    if (hooks !== undefined && isSet(webhooks, hooks))
      own.push(this.declare(webhooks, hooks, { name: "account" }));
    const ours = addresses.map((one) => {
      const name = this.nameFor(
        "AddressConfiguration",
        [filledText(one["friendlyName"]), filledText(one["address"])],
        "address",
      );
      return this.declare(addressConfiguration, one, { name });
    });
    return [
      { title: "What is the account's own", declarations: [...own, ...ours] },
      { title: "Push notifications", declarations: credentials.map((one) => this.declareCredential(one)) },
    ];
  }

  /** What it holds, only its owner knows: the program takes that from the config, and sends it when told to. */
  private declareCredential(live: JsonObject): Declaration {
    const name = this.nameFor("Credential", [filledText(live["friendlyName"])], "credential");
    const secrets = Object.keys(credentialVariants.get(String(live["type"]))?.needs ?? {});
    const args: [string, Expression][] = secrets.map((field) => {
      const wanted = variableName(`${name}-${field}`, field);
      const variable = this.variables.give(wanted, "");
      this.secrets.push([variable, variable]);
      return [field, new Expression(variable)];
    });
    const more = {
      args: objectFrom(args),
      options: { ignoreChanges: secrets },
      comment: "Twilio never tells what it holds. Without ignoreChanges the next `pulumi up` sends it.",
    };
    return this.declare(credential, live, { name }, {}, more);
  }

  get secretKeys(): readonly string[] {
    return this.secrets.map(([, key]) => key);
  }
}
