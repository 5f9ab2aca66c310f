import type { JsonObject } from "../../core/json";

/** A conversation as it is live, with what is in it. */
export interface LiveConversation {
  readonly row: JsonObject;
  readonly participants: readonly JsonObject[];
  readonly webhooks: readonly JsonObject[];
  /** What its members have set of it, as far as that was asked for. */
  readonly userConversations: readonly JsonObject[];
}

/** A service as it is live, as far as it was asked for. */
export interface LiveService {
  readonly sid: string;
  /** Its own row; undefined for the account's default service. */
  readonly row: JsonObject | undefined;
  /** Whether all it has was asked for. */
  readonly isWhole: boolean;
  readonly roles: readonly JsonObject[];
  /** By the SIDs of those of them that no program can declare, why. */
  readonly undeclarable: ReadonlyMap<unknown, string>;
  readonly users: readonly JsonObject[];
  readonly conversations: readonly LiveConversation[];
  readonly configuration: JsonObject;
  readonly notifications: JsonObject | undefined;
  readonly webhooks: JsonObject | undefined;
}

/** The service within a sentence. */
export function calledIn({ row }: Pick<LiveService, "row">): string {
  return row === undefined ? "the default service" : `Service ${row["friendlyName"]}`;
}

export interface LiveAccount {
  readonly configuration: JsonObject;
  /** Whether what is the account's own was asked for. */
  readonly isWhole: boolean;
  readonly webhooks: JsonObject | undefined;
  readonly addresses: readonly JsonObject[];
  readonly credentials: readonly JsonObject[];
  readonly services: readonly LiveService[];
  /** Closed conversations that were left out. */
  readonly closed: number;
  /** What else was left out and why, a sentence each. */
  readonly leftOut: readonly string[];
}
