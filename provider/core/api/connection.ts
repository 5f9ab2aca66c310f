import { type ApiAnswer, type ApiRequest, TwilioClient } from "../../http/client";
import type { Clock } from "../../http/clock";
import { concernsEveryRequest, isForbidden, isMissing, RequestError } from "../../http/errors";
import { CollectionReaders } from "../../http/pages";
import { ACCOUNT_PATH } from "../../http/request";
import { MismatchError } from "../errors";
import type { JsonObject } from "../json";
import { presentOrigin } from "./api-host";
import { compareService, DefaultServiceGuard, defaultServiceIn, defaultServiceOf } from "./default-service";
import { pollUntilVisible, READ_LAG_MS, writtenAtMs } from "./eventual-consistency";
import { otherPlace } from "./location-mismatch";
import { loginHints } from "./login-hint";
import { requireText } from "./request";
import type { Credentials, Settings } from "./settings";

/** What the account itself says: asked once a process. */
export interface Account {
  readonly accountSid: string;
  readonly defaultServiceSid: string;
}

/** One account as this process talks to it. */
export class Connection {
  readonly readers: CollectionReaders;
  private readonly client: TwilioClient;
  private mismatch: MismatchError | undefined;
  /** How far Twilio's clock is ahead of ours, by its last answer. */
  private aheadMs = 0;
  /** What is asked once a run, by path. */
  private readonly asked = new Map<string, Promise<Record<string, unknown>>>();
  /** The last write to each path, until it has an answer or none. */
  private readonly writes = new Map<string, Promise<unknown>>();

  constructor(
    readonly settings: Settings,
    readonly credentials: Credentials,
    readonly clock: Clock,
    /** Waits until all resources of the run can be assumed to be known. */
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
      // Resources that live in the present one may not have been heard of yet.
      await this.waitForQuiet(signal);
      this.account.defaultService.assertStays(service);
    }
    const advice = { ...loginHints(this.credentials, this.settings.region), ...request.advice };
    return this.client.request({ ...request, advice }, signal);
  }

  /** What was asked before a write, or while it is under way, says nothing of what is there after it. */
  private forget(path: string, write: Promise<unknown>): void {
    const done = write.catch(() => undefined);
    this.asked.delete(path);
    this.writes.set(path, done);
    void done.then(() => this.writes.get(path) === done && this.writes.delete(path));
  }

  /** Asked for all who wait, so without the deadline of any. */
  private askOnce(path: string, attempting: string): Promise<Record<string, unknown>> {
    const known = this.asked.get(path) ?? this.ask(path, attempting);
    this.asked.set(path, known);
    known.catch((error: unknown) => {
      // An API that is down stays so for this run: each resource would wait its whole time for the same answer.
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

  /** Asks once which account answers, before the first write and before a 404 is believed. */
  async verified(): Promise<Account> {
    const asked = this.askOnce(ACCOUNT_PATH, "verify the account");
    const body = await asked;
    // A write has overtaken the answer.
    if (this.asked.get(ACCOUNT_PATH) !== asked) return this.verified();
    const { account_sid: accountSid, default_chat_service_sid: defaultServiceSid } = body;
    if (accountSid === this.credentials.accountSid)
      return { accountSid: String(accountSid), defaultServiceSid: String(defaultServiceSid) };
    throw new MismatchError(
      `The credentials are said to be of account ${this.credentials.accountSid}, but they answer for account ` +
        `${accountSid}. Nothing was changed. Set the account SID that belongs to the key.`,
    );
  }

  /** A role of a service, asked once a process. */
  role(serviceSid: string, sid: string): Promise<Record<string, unknown>> {
    return this.askOnce(`/v1/Services/${serviceSid}/Roles/${sid}`, "read a role of the service");
  }

  /** The service's own settings, asked once a process. */
  serviceConfiguration(serviceSid: string): Promise<Record<string, unknown>> {
    return this.askOnce(`/v1/Services/${serviceSid}/Configuration`, "read the service's default roles");
  }

  /**
   * Refuses to work on what lives in another account, region or API than the credentials reach: Twilio's paths
   * carry no account, so the answer would be a clean 404, or an object in the wrong place. `resident` is what the
   * stack's state holds (`nameOf`).
   */
  refuseOtherPlace(state: JsonObject, resident?: string): void {
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
    if (resident !== undefined) this.account.defaultService.note(resident, state);
  }

  /** Refuses to create an object in another place than where the rest of the stack was seen to live. */
  async refuseApart(inDefaultService: boolean): Promise<Account> {
    const account = await this.verified();
    if (this.mismatch !== undefined) throw this.mismatch;
    if (!inDefaultService) return account;
    const neighbour = this.account.defaultService.any();
    if (neighbour !== undefined) compareService(neighbour, account.defaultServiceSid);
    this.account.defaultService.noteNew(account.defaultServiceSid);
    return account;
  }

  /**
   * Refuses to write, or to believe that something is gone, with the key of another account than is said; and for an
   * object of the default service, when the account's default has become another one.
   */
  async refuseElsewhere(state: JsonObject): Promise<void> {
    const { defaultServiceSid } = await this.verified();
    const service = defaultServiceOf(state);
    if (service !== undefined) compareService(service, defaultServiceSid);
  }

  /** Notes that the object is gone. */
  noteGone(resident: string): void {
    this.account.defaultService.noteGone(resident);
  }

  /**
   * Runs a read; undefined where the object is proven gone. What the state knows of may be too young to be read: then
   * it is read `again`, until it is there as it was written or cannot be late any more.
   */
  async unlessGone(
    state: JsonObject,
    signal: AbortSignal,
    read: () => Promise<JsonObject | undefined>,
    again = read,
  ): Promise<JsonObject | undefined> {
    const found = await unlessMissing(read);
    if (found === undefined) await this.refuseElsewhere(state);
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

  /** Twilio's own clock, by its last answer. */
  get serverNowMs(): number {
    return this.clock.nowMs() + this.aheadMs;
  }

  /** Until when a read may still be behind what this run has written. */
  get readsLagUntilMs(): number {
    return this.account.lastWriteMs + READ_LAG_MS;
  }
}

async function unlessMissing<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!isMissing(error)) throw error;
    return undefined;
  }
}

/** What is asked once a run. */
export interface Questions {
  /** What was asked before a write, or while it is under way, says nothing of what is there after it. */
  forget(path: string, write: Promise<unknown>): void;
}

/** What all connections to one account share: two names can be of one, each with credentials of its own. */
export class AccountShare {
  readonly defaultService = new DefaultServiceGuard();
  readonly readers: CollectionReaders[] = [];
  readonly questions: Questions[] = [];
  lastWriteMs = Number.NEGATIVE_INFINITY;
}
