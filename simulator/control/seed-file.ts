import { UsageError } from "../rules/errors";

export type SeedFields = { [name: string]: unknown };

/** `attributes` is any JSON value, or text that is kept byte for byte. Without a `sid` the simulator generates one. */
export interface SeedParticipant extends SeedFields {
  sid?: string;
  identity?: string;
  messagingBinding?: { address?: string; proxyAddress?: string; projectedAddress?: string };
  attributes?: unknown;
  roleSid?: string;
  /** The friendly name of a role, instead of its SID. */
  role?: string;
  dateCreated?: string;
  dateUpdated?: string;
}

export interface SeedConversation extends SeedFields {
  sid?: string;
  friendlyName?: string;
  uniqueName?: string;
  attributes?: unknown;
  messagingServiceSid?: string;
  state?: "active" | "inactive";
  timers?: { inactive?: string; closed?: string };
  bindings?: { email?: { address?: string; name?: string } };
  dateCreated?: string;
  dateUpdated?: string;
  participants?: SeedParticipant[];
}

export interface SeedRole extends SeedFields {
  sid?: string;
  friendlyName: string;
  type: "conversation" | "service";
  permissions: string[];
}

export interface SeedUser extends SeedFields {
  sid?: string;
  identity: string;
  friendlyName?: string;
  attributes?: unknown;
  roleSid?: string;
}

/** A push binding, which otherwise only Twilio's client SDKs create. */
export interface SeedBinding extends SeedFields {
  sid?: string;
  identity: string;
  bindingType: "apn" | "gcm" | "fcm" | "twilsock";
  endpoint?: string;
  credentialSid?: string;
  messageTypes?: string[];
}

export interface SeedService extends SeedFields {
  sid?: string;
  friendlyName: string;
  roles?: SeedRole[];
  users?: SeedUser[];
  conversations?: SeedConversation[];
  bindings?: SeedBinding[];
}

/** A simulator's initial objects. Top-level roles, users and conversations belong to the default service. */
export interface Seed extends SeedFields {
  services?: SeedService[];
  roles?: SeedRole[];
  users?: SeedUser[];
  conversations?: SeedConversation[];
  bindings?: SeedBinding[];
}

const lists: ReadonlySet<string> = new Set(["services", "roles", "users", "conversations", "bindings"]);
const sidPattern = /^(IS|RL|US|CH|MB|BS)[0-9a-f]{32}$/;

/** Checks the outline of a seed from a file or a request. */
export function seedOf(value: unknown): Seed {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError("seed must be an object with services, roles, users or conversations");
  }
  const unknown = Object.keys(value).find((name) => !lists.has(name));
  if (unknown !== undefined) throw new UsageError(`seed.${unknown} is not known`);
  return value as Seed;
}

/** The entries of one list in a seed. */
export function seedLists(entry: SeedFields, key: string, place: string): SeedFields[] {
  const list = entry[key];
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw new UsageError(`${place}.${key} must be an array`);
  return list.map((item: unknown, index) => {
    const at = `${place}.${key}[${index}]`;
    if (typeof item !== "object" || item === null || Array.isArray(item)) {
      throw new UsageError(`${at} must be an object`);
    }
    const fields = item as SeedFields;
    const { sid } = fields;
    if (sid !== undefined && !(typeof sid === "string" && sidPattern.test(sid))) {
      throw new UsageError(`${at}.sid must be two letters and 32 lower-case hex digits`);
    }
    return fields;
  });
}
