import type { Definition } from "../../core/definition/define";
import type { JsonObject } from "../../core/json";
import { oneLine } from "../terminal/text";

/** Live objects by their definitions. */
export type Listing = ReadonlyMap<Definition, readonly JsonObject[]>;

/** A live conversation with its contents. */
export interface LiveConversation {
  readonly row: JsonObject;
  readonly participants: readonly JsonObject[];
  readonly listed: Listing;
  /** Its members' settings of it, if requested. */
  readonly userConversations: readonly JsonObject[];
}

/** A live service, with its requested parts. */
export interface LiveService {
  readonly sid: string;
  /** Its own row; undefined for the account's default service. */
  readonly row: JsonObject | undefined;
  /** What finds it: its name, or its SID where another service has that name. */
  readonly naming: JsonObject;
  /** Whether the whole service was requested. */
  readonly isWhole: boolean;
  readonly roles: readonly JsonObject[];
  /** Reasons by SID for roles that no program can declare. */
  readonly undeclarable: ReadonlyMap<unknown, string>;
  readonly users: readonly JsonObject[];
  readonly listed: Listing;
  readonly conversations: readonly LiveConversation[];
  readonly configuration: JsonObject;
  readonly notifications: JsonObject | undefined;
  readonly webhooks: JsonObject | undefined;
}

/** The name of the service in a sentence. */
export function calledIn({ row }: Pick<LiveService, "row">): string {
  return row === undefined ? "the default service" : `Service ${oneLine(String(row["friendlyName"]))}`;
}

export interface LiveAccount {
  readonly configuration: JsonObject;
  /** Whether the whole account was requested. */
  readonly isWhole: boolean;
  readonly webhooks: JsonObject | undefined;
  readonly listed: Listing;
  readonly services: readonly LiveService[];
  /** Number of closed conversations left out. */
  readonly closed: number;
  /** What else was left out and why, one sentence each. */
  readonly leftOut: readonly string[];
}
