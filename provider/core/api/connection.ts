import { type ApiAnswer, type ApiRequest, TwilioClient } from "../../http/client";
import type { Clock } from "../../http/clock";
import { concernsEveryRequest, isForbidden, RequestError, unlessMissing } from "../../http/errors";
import { CollectionReaders } from "../../http/pages";
import { ACCOUNT_PATH } from "../../http/request";
import { MismatchError } from "../errors";
import type { JsonObject } from "../json";
import { otherPlace, presentOrigin } from "./api-host";
import { compareService, DefaultServiceGuard, defaultServiceIn, defaultServiceOf } from "./default-service";
import { pollUntilVisible, READ_LAG_MS, writtenAtMs } from "./eventual-consistency";
import { loginHints } from "./login-hint";
import { requireText } from "./request";
import type { Credentials, Settings } from "./settings";

/** The account as Twilio returns it: asked once a process. */
export interface Account {
  readonly accountSid: string;
  readonly defaultServiceSid: string;
}

/** The connection of this process to one account. */
export class Connection {
  readonly readers: CollectionReaders;
  private readonly client: TwilioClient;
  private mismatch: MismatchError | undefined;
  /** How far Twilio's clock is ahead of ours, by its last response. */
  private aheadMs = 0;
  /** Responses of questions asked once a run, by path. */
  private readonly asked = new Map<string, Promise<Record<string, unknown>>>();
  /** The last write to each path, until it has ended. */
  private readonly writes = new Map<string, Promise<unknown>>();

  constructor(
    readonly settings: Settings,
    readonly credentials: Credentials,
    readonly clock: Clock,
    /** Waits for the quiet period: then all resources of the run are assumed registered. */
    private readonly waitForQuiet: (signal?: AbortSignal) => Promise<void>,
    private readonly account = new AccountShare(),
  ) {
    this.client = new TwilioClient({ ...settings, ...credentials, clock });
    this.readers = new CollectionReaders(this, account.readers);
    account.questions.push({ forget: (path, write) => this.forget(path, write) });
  }

  async request(request: ApiRequest, signal?: AbortSignal): Promise<ApiAnswer> {
    const { method, path } = request;
    const answer = this.send(request, signal);
    if (method !== "GET") for (const asked of this.account.questions) asked.forget(path, answer);
    const { serverNowMs } = await answer;
    this.aheadMs = serverNowMs - this.clock.nowMs();
    if (method !== "GET") this.account.lastWriteMs = this.clock.nowMs();
    return answer;
  }

  private async send(request: ApiRequest, signal?: AbortSignal): Promise<ApiAnswer> {
    const service = request.path === ACCOUNT_PATH ? defaultServiceIn(request.form ?? []) : undefined;
    if (service !== undefined) {
      // Resources in the present default service may not have registered yet.
      await this.waitForQuiet(signal);
      this.account.defaultService.assertStays(service);
    }
    const advice = { ...loginHints(this.credentials, this.settings.region), ...request.advice };
    return this.client.request({ ...request, advice }, signal);
  }

  /** Forgets a response from before or during a write: it does not show the result of the write. */
  private forget(path: string, write: Promise<unknown>): void {
    const done = write.catch(() => undefined);
    this.asked.delete(path);
    this.writes.set(path, done);
    void done.then(() => this.writes.get(path) === done && this.writes.delete(path));
  }

  /** Asked once for all callers, so without the deadline of any. */
  private askOnce(path: string, attempting: string): Promise<Record<string, unknown>> {
    const known = this.asked.get(path) ?? this.ask(path, attempting);
    this.asked.set(path, known);
    known.catch((error: unknown) => {
      // An API that is down stays so for this run: otherwise each resource would wait its full time for the same error.
      const isDown = error instanceof RequestError && concernsEveryRequest(error);
      const isLasting = isDown || isForbidden(error);
      if (!isLasting && this.asked.get(path) === known) this.asked.delete(path);
    });
    return known;
  }

  private async ask(path: string, attempting: string) {
    await this.writes.get(path);
    return (await this.request({ method: "GET", path, repeatable: true, attempting })).body;
  }

  /** Asks once which account the credentials belong to, before the first write and before a 404 counts. */
  async verified(): Promise<Account> {
    const asked = this.askOnce(ACCOUNT_PATH, "verify the account");
    const body = await asked;
    // A write has outdated the response.
    if (this.asked.get(ACCOUNT_PATH) !== asked) return this.verified();
    const { account_sid: accountSid, default_chat_service_sid: defaultServiceSid } = body;
    if (accountSid === this.credentials.accountSid)
      return { accountSid: String(accountSid), defaultServiceSid: String(defaultServiceSid) };
    throw new MismatchError(
      `The credentials are set for account ${this.credentials.accountSid}, but they belong to account ` +
        `${accountSid}. Nothing was changed. Set the account SID that belongs to the key.`,
    );
  }

  /** A role of a service, asked once a process. */
  role(serviceSid: string, sid: string): Promise<Record<string, unknown>> {
    return this.askOnce(`/v1/Services/${serviceSid}/Roles/${sid}`, "read a role of the service");
  }

  /** The settings of a service, asked once a process. */
  serviceConfiguration(serviceSid: string): Promise<Record<string, unknown>> {
    return this.askOnce(`/v1/Services/${serviceSid}/Configuration`, "read the service's default roles");
  }

  /**
   * Throws if the recorded account, region or API differs from the one in use. Twilio's paths name no account, so the
   * response would be a plausible 404, or an object in another location.
   */
  assertSameLocation(state: JsonObject): void {
    const places = [
      ["account", "accountSid", this.credentials.accountSid],
      ["region", "region", this.settings.region],
      ["API", "origin", this.settings.apiOrigin],
    ] as const;
    for (const [kind, field, here] of places) {
      const there = state[field] === undefined ? here : requireText(field, state[field]);
      if (presentOrigin(there) === presentOrigin(here)) continue;
      this.mismatch = otherPlace(kind, there, here);
      throw this.mismatch;
    }
  }

  /** The same for an object of the stack's state (`nameOf`); notes that it lives here. */
  enter(state: JsonObject, name: string): void {
    this.assertSameLocation(state);
    this.account.defaultService.note(name, state);
  }

  /** Throws if a create would use another location than the rest of the stack; notes that an object comes to live here. */
  async beginCreate(inDefaultService: boolean): Promise<Account> {
    const account = await this.verified();
    if (this.mismatch !== undefined) throw this.mismatch;
    if (!inDefaultService) return account;
    const neighbour = this.account.defaultService.any();
    if (neighbour !== undefined) compareService(neighbour, account.defaultServiceSid);
    this.account.defaultService.noteNew(account.defaultServiceSid);
    return account;
  }

  /**
   * Throws before a write, or before a 404 counts, if the key belongs to another account than declared; for an object
   * of the default service, also if the account's default has changed.
   */
  async assertReachable(state: JsonObject): Promise<void> {
    const { defaultServiceSid } = await this.verified();
    const service = defaultServiceOf(state);
    if (service !== undefined) compareService(service, defaultServiceSid);
  }

  noteGone(name: string): void {
    this.account.defaultService.noteGone(name);
  }

  /**
   * Runs a read; undefined if the object is proven gone. Reads may lag behind the recorded write: then it reads
   * `again`, until it sees that write or no lag can explain the difference.
   */
  async unlessGone(
    state: JsonObject,
    signal: AbortSignal,
    read: () => Promise<JsonObject | undefined>,
    again = read,
  ): Promise<JsonObject | undefined> {
    const found = await unlessMissing(read);
    if (found === undefined) await this.assertReachable(state);
    const writtenMs = writtenAtMs(state);
    const untilMs = writtenMs + READ_LAG_MS - this.aheadMs;
    const isStale = (live: JsonObject | undefined) => live === undefined || writtenAtMs(live) < writtenMs;
    if (!isStale(found) || !(this.clock.nowMs() < untilMs)) return found;
    let last = found;
    await pollUntilVisible(this.clock, untilMs, signal, async () => {
      last = await unlessMissing(again);
      return isStale(last) ? undefined : last;
    });
    return last;
  }

  /** Twilio's own clock, by its last response. */
  get serverNowMs(): number {
    return this.clock.nowMs() + this.aheadMs;
  }

  /** Until when reads may lag behind the writes of this run. */
  get readsLagUntilMs(): number {
    return this.account.lastWriteMs + READ_LAG_MS;
  }
}

/** Questions that are asked once a run. */
export interface Questions {
  /** Forgets a response from before or during a write: it does not show the result of the write. */
  forget(path: string, write: Promise<unknown>): void;
}

/** What all connections to one account share. Two names can belong to one account, each with its own credentials. */
export class AccountShare {
  readonly defaultService = new DefaultServiceGuard();
  readonly readers: CollectionReaders[] = [];
  readonly questions: Questions[] = [];
  lastWriteMs = Number.NEGATIVE_INFINITY;
}
