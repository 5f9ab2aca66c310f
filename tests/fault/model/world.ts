import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../provider/core/json";
import type { Row, RowPrefix, Simulator } from "../../../simulator";
import type { TwilioAccount } from "../../support/twilio-account";
import type { Kind } from "./program/declaration";

/** One object or setting on Twilio, by the program's names, with what Twilio never tells. */
export interface Thing {
  /** Its SID; a setting goes by that of its service, and what it is. */
  readonly key: string;
  readonly kind: Kind;
  readonly fields: JsonObject;
  readonly createdMs: number;
}

export type World = ReadonlyMap<string, Thing>;

type Shown = (row: Row, untold: Record<string, unknown>) => Record<string, unknown>;

const TABLES: readonly (readonly [RowPrefix, Kind, Shown])[] = [
  ["IS", "Service", (row) => ({ friendlyName: row["friendly_name"] })],
  [
    "RL",
    "Role",
    (row) => ({
      friendlyName: row["friendly_name"],
      type: row["type"],
      permissions: [...(row["permissions"] as string[])].sort(),
    }),
  ],
  [
    "CH",
    "Conversation",
    (row, untold) => ({
      friendlyName: row["friendly_name"] ?? "",
      uniqueName: row["unique_name"],
      attributes: attributesOf(row),
      state: row["state"],
      dateCreated: row["date_created"],
      "timers.inactive": untold["inactive_after_ms"],
      "timers.closed": untold["closed_after_ms"],
    }),
  ],
  [
    "US",
    "User",
    (row) => ({
      identity: row["identity"],
      friendlyName: row["friendly_name"] ?? "",
      attributes: attributesOf(row),
      roleSid: row["role_sid"],
    }),
  ],
  [
    "MB",
    "Participant",
    (row) => ({
      conversationSid: row["conversation_sid"],
      identity: row["identity"],
      messagingBinding: bindingOf(row["messaging_binding"]),
      attributes: attributesOf(row),
      roleSid: row["role_sid"],
      dateCreated: row["date_created"],
    }),
  ],
  [
    "WH",
    "ConversationWebhook",
    (row) => {
      const { url, filters } = row["configuration"] as Record<string, unknown>;
      return {
        conversationSid: row["conversation_sid"],
        target: row["target"],
        configuration: { url, filters },
      };
    },
  ],
  [
    "IM",
    "Message",
    (row, untold) => ({
      conversationSid: row["conversation_sid"],
      author: row["author"],
      body: row["body"],
      attributes: attributesOf(row),
      subject: untold["subject"],
      dateCreated: row["date_created"],
    }),
  ],
  [
    "CR",
    "Credential",
    (row, untold) => ({
      type: row["type"],
      friendlyName: row["friendly_name"] ?? "",
      secret: untold["secret"],
      apiKey: untold["api_key"],
    }),
  ],
];

export function keyOf(kind: Kind, sid: string): string {
  return kind === "ServiceConfiguration" ? `${sid}/Configuration` : sid;
}

/** All that is there, but for what lives in services other than the account's default. */
export async function worldOf(simulator: Simulator, account: TwilioAccount): Promise<World> {
  const { defaultServiceSid } = simulator.account;
  const world = new Map<string, Thing>();
  for (const [prefix, kind, shown] of TABLES)
    for (const row of simulator.rows(prefix)) {
      const service = row["chat_service_sid"];
      if (service !== undefined && service !== defaultServiceSid) continue;
      const fields = withoutNull(shown(row, simulator.untold(row.sid)));
      world.set(row.sid, {
        key: row.sid,
        kind,
        fields,
        createdMs: Date.parse(String(row["date_created"])),
      });
    }
  for (const { sid } of simulator.services()) {
    const row = await account.get(`/Services/${sid}/Configuration`);
    const key = keyOf("ServiceConfiguration", sid);
    const fields = { serviceSid: sid, reachabilityEnabled: row["reachability_enabled"] as boolean };
    world.set(key, { key, kind: "ServiceConfiguration", fields, createdMs: 0 });
  }
  return world;
}

/** Whether the object has all that is declared. */
export function holds(
  { fields }: Pick<Thing, "fields">,
  wanted: JsonObject,
  names = Object.keys(wanted),
): boolean {
  return names.every((name) => isDeepStrictEqual(fields[name], wanted[name]));
}

/** Whether it lies in a conversation that is closed, where nothing changes and nothing is deleted alone. */
export function isFinal(world: World, { fields }: Thing): boolean {
  return world.get(String(fields["conversationSid"]))?.fields["state"] === "closed";
}

function attributesOf(row: Row): unknown {
  return JSON.parse(String(row["attributes"]));
}

function bindingOf(binding: unknown): JsonObject | undefined {
  if (typeof binding !== "object" || binding === null) return undefined;
  const { address, proxy_address: proxyAddress } = binding as JsonObject;
  return typeof address === "string" ? ({ address, proxyAddress } as JsonObject) : undefined;
}

function withoutNull(fields: Record<string, unknown>): JsonObject {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(present) as JsonObject;
}
