import { callApi } from "../../core/api/call";
import type { Connection } from "../../core/api/connection";
import { type Listed, listPages } from "../../core/api/listing";
import { requireText } from "../../core/api/request";
import type { Definition, SingletonDefinition } from "../../core/definition/define";
import type { JsonObject } from "../../core/json";
import type { Session } from "../../core/run/session";
import {
  configuration,
  conversation,
  participant,
  role,
  service,
  serviceConfiguration,
  serviceNotifications,
  serviceWebhooks,
  user,
  userConversation,
  webhooks,
} from "../../resources";
import { filledText } from "../terminal/text";
import { undeclarable } from "./declared-inputs";
import { listedIn } from "./listed-objects";
import {
  calledIn,
  type Listing,
  type LiveAccount,
  type LiveConversation,
  type LiveService,
} from "./live-account";

/** The conversations of one user, which Twilio lists by user only. */
const ofOneUser: Listed = {
  ...userConversation,
  path: ({ userSid }) => ["Users", requireText("userSid", userSid), "Conversations"],
  listKey: "conversations",
  pageSize: 50,
};

function sidOf(row: JsonObject): string {
  return String(row["sid"] ?? row["conversationSid"]);
}

/** Why no program can declare an object, in one sentence; undefined if a program can. */
function whyLeftOut(definition: Listed, row: JsonObject): string | undefined {
  const cause = undeclarable(definition, row);
  const isParent = definition === service || definition === conversation;
  const whole = isParent ? " with all that is in it" : "";
  return (
    cause && `${definition.noun} ${sidOf(row)}: left out${whole}, since no program may say its ${cause}.`
  );
}

/** Identifies a service by its name, or by its SID if another service has the same name. */
function namingOf({ sid, friendlyName }: JsonObject, services: readonly JsonObject[]): JsonObject {
  const isAlone = services.filter((one) => one["friendlyName"] === friendlyName).length === 1;
  return isAlone ? { friendlyName } : { sid };
}

/** What to read. */
export interface Extent {
  readonly serviceSid: string | undefined;
  /** Names or SIDs of conversations; empty for all. */
  readonly conversations: readonly string[];
  /** Whether to read each user's settings of their conversations, which takes one request for each user. */
  readonly userConversations: boolean;
}

export class NotThereError extends Error {
  override name = "NotThereError";
}

/** Reads the requested objects from list pages, and each singleton by itself. Sends only GETs. */
export class AccountReading {
  readonly connection: Connection;
  private closed = 0;
  private count = 0;
  private readonly leftOut: string[] = [];

  constructor(
    private readonly session: Session,
    private readonly extent: Extent,
    private readonly onRead: (count: number) => void,
  ) {
    this.connection = session.connection({});
  }

  async read(): Promise<LiveAccount> {
    const { serviceSid, conversations } = this.extent;
    await this.connection.verified();
    const settings = await this.setting(configuration, {});
    const isWhole = serviceSid === undefined && conversations.length === 0;
    const defaultSid = String(settings["defaultChatServiceSid"]);
    const isDefaultAlone = !isWhole && (serviceSid ?? defaultSid) === defaultSid;
    const rows = isDefaultAlone ? [] : await this.rows(service, {});
    const chosen = isWhole ? rows : rows.filter(({ sid }) => sid === serviceSid);
    if (!isWhole && !isDefaultAlone && chosen.length === 0)
      throw new NotThereError(`there is no service ${serviceSid} in the account: see --service.`);
    const withDefault = isWhole || isDefaultAlone ? [{ sid: defaultSid, row: undefined, naming: {} }] : [];
    const others = chosen
      .filter((one) => one["sid"] !== defaultSid && this.canDeclare(service, one))
      .map((row) => ({ sid: String(row["sid"]), row, naming: namingOf(row, rows) }));
    const services: LiveService[] = [];
    for (const one of [...withDefault, ...others]) services.push(await this.readService(one));
    return {
      configuration: settings,
      isWhole,
      webhooks: isWhole ? await this.setting(webhooks, {}) : undefined,
      listed: isWhole ? await this.listed("account", {}) : new Map(),
      services,
      closed: this.closed,
      leftOut: this.leftOut,
    };
  }

  private async readService({
    sid,
    row,
    naming,
  }: Pick<LiveService, "sid" | "row" | "naming">): Promise<LiveService> {
    const location: JsonObject = row === undefined ? {} : { serviceSid: sid };
    const isWhole = this.extent.conversations.length === 0;
    const rows = this.chosen(await this.rows(conversation, location), calledIn({ row })).filter((one) =>
      this.canDeclare(conversation, one),
    );
    const settings = { serviceSid: sid };
    const roles = await this.rows(role, location);
    return {
      ...{ sid, row, naming, isWhole },
      roles,
      undeclarable: new Map(
        roles.flatMap((one) => {
          const reason = whyLeftOut(role, one);
          return reason === undefined ? [] : [[one["sid"], reason] as const];
        }),
      ),
      users: isWhole ? await this.list(user, location) : [],
      listed: isWhole ? await this.listed("service", location) : new Map(),
      conversations: await this.withUsersSettings(
        await Promise.all(rows.map((one) => this.readConversation(one, location))),
        location,
      ),
      configuration: await this.setting(serviceConfiguration, settings),
      notifications: isWhole ? await this.setting(serviceNotifications, settings) : undefined,
      webhooks: isWhole ? await this.setting(serviceWebhooks, settings) : undefined,
    };
  }

  private chosen(rows: readonly JsonObject[], place: string): readonly JsonObject[] {
    const { conversations } = this.extent;
    if (conversations.length === 0) {
      const open = rows.filter(({ state }) => state !== "closed");
      this.closed += rows.length - open.length;
      return open;
    }
    const named = (name: string) => rows.filter(({ sid, uniqueName }) => sid === name || uniqueName === name);
    const missing = conversations.find((name) => named(name).length === 0);
    if (missing !== undefined)
      throw new NotThereError(
        `there is no conversation ${missing} in ${place}: give its unique name or its CH SID, and --service where another service has it.`,
      );
    return [...new Set(conversations.flatMap(named))];
  }

  private async readConversation(row: JsonObject, location: JsonObject): Promise<LiveConversation> {
    const within = { ...location, conversationSid: row["sid"] };
    return {
      row,
      participants: await this.list(participant, within),
      listed: await this.listed("conversation", within),
      userConversations: [],
    };
  }

  private async withUsersSettings(
    conversations: readonly LiveConversation[],
    location: JsonObject,
  ): Promise<readonly LiveConversation[]> {
    if (!this.extent.userConversations) return conversations;
    const members = conversations.flatMap(({ participants }) => participants);
    const identities = new Set(members.flatMap(({ identity }) => filledText(identity) ?? []));
    const lists = [...identities].map((userSid) => this.list(ofOneUser, { ...location, userSid }));
    const rows = (await Promise.all(lists)).flat();
    return conversations.map((one) => ({
      ...one,
      userConversations: rows.filter(({ conversationSid }) => conversationSid === one.row["sid"]),
    }));
  }

  private async listed(place: Parameters<typeof listedIn>[0], location: JsonObject): Promise<Listing> {
    const listing = new Map<Definition, readonly JsonObject[]>();
    for (const definition of listedIn(place)) listing.set(definition, await this.list(definition, location));
    return listing;
  }

  /** The objects of a list that a program can declare. */
  private async list(definition: Listed, location: JsonObject): Promise<JsonObject[]> {
    return (await this.rows(definition, location)).filter((row) => this.canDeclare(definition, row));
  }

  private canDeclare(definition: Listed, row: JsonObject): boolean {
    const reason = whyLeftOut(definition, row);
    if (reason !== undefined) this.leftOut.push(reason);
    return reason === undefined;
  }

  private async rows(definition: Listed, location: JsonObject): Promise<JsonObject[]> {
    const found = new Map<string, JsonObject>();
    // An object created meanwhile shifts others on to the next page, so rows can repeat.
    for await (const page of listPages({ definition, connection: this.connection }, location)) {
      for (const row of page) found.set(sidOf(row), row);
      this.count += page.length;
      this.onRead(this.count);
    }
    return [...found.values()];
  }

  private async setting(definition: SingletonDefinition, location: JsonObject): Promise<JsonObject> {
    const signal = this.session.deadline();
    return (await callApi({ definition, connection: this.connection, signal }, "read", location)).live;
  }
}
