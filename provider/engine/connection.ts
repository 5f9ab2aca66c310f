import { type ApiAnswer, type ApiRequest, TwilioClient } from "../http/client";
import { isMissing, TwilioError } from "../http/errors";
import { CollectionReaders } from "../http/pages";
import type { Credentials, Settings } from "./config";
import type { JsonObject } from "./json";

/** The stack's state and the credentials in use speak of different places. Both are named. */
export class MismatchError extends TwilioError {
  override name = "MismatchError";
}

/** What the account itself says: asked once a process. */
export interface Account {
  readonly accountSid: string;
  readonly defaultServiceSid: string;
}

/** One account as this process talks to it. */
export class Connection {
  readonly readers: CollectionReaders;
  private readonly client: TwilioClient;
  private account: Promise<Account> | undefined;
  /** An object of the stack's state in the account's default service. */
  private neighbour: JsonObject | undefined;
  private mismatch: MismatchError | undefined;
  private readonly serviceConfigurations = new Map<string, Promise<Record<string, unknown>>>();

  constructor(
    readonly settings: Settings,
    readonly credentials: Credentials,
  ) {
    this.client = new TwilioClient({ ...settings, ...credentials });
    this.readers = new CollectionReaders(this.client);
  }

  request(request: ApiRequest, signal?: AbortSignal): Promise<ApiAnswer> {
    return this.client.request(request, signal);
  }

  /** Asks once which account answers, before the first write and before a 404 is believed. */
  verified(): Promise<Account> {
    this.account ??= this.askAccount().catch((error: unknown) => {
      this.account = undefined;
      throw error;
    });
    return this.account;
  }

  private async askAccount(): Promise<Account> {
    const attempting = "verify the account";
    const { body } = await this.request({
      method: "GET",
      path: "/v1/Configuration",
      repeatable: true,
      attempting,
    });
    const { account_sid: accountSid, default_chat_service_sid: defaultServiceSid } = body;
    if (accountSid === this.credentials.accountSid)
      return { accountSid: String(accountSid), defaultServiceSid: String(defaultServiceSid) };
    throw new MismatchError(
      `The credentials are said to be of account ${this.credentials.accountSid}, but they answer for account ` +
        `${accountSid}. Nothing was changed. Set the account SID that belongs to the key.`,
    );
  }

  /** The service's own settings, asked once a process. */
  serviceConfiguration(serviceSid: string, signal: AbortSignal): Promise<Record<string, unknown>> {
    const known =
      this.serviceConfigurations.get(serviceSid) ?? this.askServiceConfiguration(serviceSid, signal);
    this.serviceConfigurations.set(serviceSid, known);
    known.catch(() => this.serviceConfigurations.delete(serviceSid));
    return known;
  }

  private async askServiceConfiguration(serviceSid: string, signal: AbortSignal) {
    const path = `/v1/Services/${serviceSid}/Configuration`;
    const attempting = "read the service's default roles";
    return (await this.request({ method: "GET", path, repeatable: true, attempting }, signal)).body;
  }

  /**
   * Refuses to work on what lives in another account, region or API than the credentials reach: Twilio's paths
   * carry no account, so the answer would be a clean 404, or an object in the wrong place.
   */
  refuseOtherPlace(state: JsonObject): void {
    const here = {
      account: this.credentials.accountSid,
      region: this.settings.region,
      API: this.settings.apiOrigin,
    };
    const there = { account: state["accountSid"], region: state["region"], API: state["origin"] };
    for (const kind of ["account", "region", "API"] as const)
      if (there[kind] !== undefined && there[kind] !== here[kind]) {
        this.mismatch = new MismatchError(
          `The stack's state is of ${kind} ${there[kind]}, the credentials in use reach ${kind} ${here[kind]}. ` +
            `Nothing was sent. Use the credentials and settings of ${there[kind]}.`,
        );
        throw this.mismatch;
      }
    if (state["serviceSid"] === undefined && state["chatServiceSid"] !== undefined) this.neighbour = state;
  }

  /** Refuses to create an object in another place than where the rest of the stack was seen to live. */
  async refuseApart(inDefaultService: boolean): Promise<Account> {
    const account = await this.verified();
    if (this.mismatch !== undefined) throw this.mismatch;
    const { neighbour } = this;
    if (inDefaultService && neighbour !== undefined)
      this.compareService(neighbour, account.defaultServiceSid);
    return account;
  }

  /** The same for an object of the default service, when the account's default has become another one. */
  async refuseOtherService(state: JsonObject): Promise<void> {
    this.compareService(state, (await this.verified()).defaultServiceSid);
  }

  private compareService(state: JsonObject, defaultServiceSid: string): void {
    const chatServiceSid = state["chatServiceSid"];
    if (
      state["serviceSid"] !== undefined ||
      chatServiceSid === undefined ||
      chatServiceSid === defaultServiceSid
    )
      return;
    throw new MismatchError(
      `The stack's state is of default service ${chatServiceSid}, the account's default service is now ` +
        `${defaultServiceSid}. Nothing was changed. Make ${chatServiceSid} the default again.`,
    );
  }

  /** Runs a read; undefined where the object is proven gone. */
  async unlessGone<Value>(
    state: JsonObject,
    read: () => Promise<Value | undefined>,
  ): Promise<Value | undefined> {
    let found: Value | undefined;
    try {
      found = await read();
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    if (found === undefined) await this.refuseOtherService(state);
    return found;
  }
}
