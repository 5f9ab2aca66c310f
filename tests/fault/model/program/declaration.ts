import type { CustomResource, CustomResourceOptions } from "@pulumi/pulumi";
import {
  Conversation,
  ConversationWebhook,
  Credential,
  Message,
  Participant,
  Role,
  Service,
  ServiceConfiguration,
  User,
} from "../../../../provider";
import type { JsonObject } from "../../../../provider/core/json";
import { flat } from "./fields";

/** In the order in which a program declares them: what others refer to comes first. */
export const KINDS = [
  "Service",
  "Role",
  "Conversation",
  "User",
  "Participant",
  "ConversationWebhook",
  "Message",
  "ServiceConfiguration",
  "Credential",
] as const;
export type Kind = (typeof KINDS)[number];

/** One resource as the program declares it. */
export interface Declaration {
  readonly kind: Kind;
  /** What it goes by in the model, whatever its name in the program is. */
  readonly label: string;
  readonly name: string;
  /** The names it had before, where the program gives them as aliases. */
  readonly aliases: readonly string[];
  readonly fields: JsonObject;
  /** Fields that take the SID of what has this label. */
  readonly refs: Readonly<Record<string, string>>;
  /** Whether it names its conversation by the unique name instead of the SID. */
  readonly isByName?: boolean;
}

type Construct = new (name: string, args: never, opts: CustomResourceOptions) => CustomResource;

const CLASSES: Record<Kind, Construct> = {
  Service,
  Role,
  Conversation,
  User,
  Participant,
  ConversationWebhook,
  Message,
  ServiceConfiguration,
  Credential,
};

/** Fields that only a new object can have otherwise. */
export const REPLACING: Record<Kind, readonly string[]> = {
  Service: ["friendlyName"],
  Role: ["friendlyName", "type"],
  Conversation: [],
  User: ["identity"],
  Participant: ["conversationSid", "identity", "messagingBinding"],
  ConversationWebhook: ["conversationSid", "target"],
  Message: ["conversationSid"],
  ServiceConfiguration: ["serviceSid"],
  Credential: [],
};

/** What of a declaration is its natural key. */
export const KEYS: Record<Kind, readonly string[]> = {
  ...REPLACING,
  Conversation: ["uniqueName"],
  ConversationWebhook: ["conversationSid", "target", "configuration"],
  Message: ["conversationSid", "author", "body", "attributes"],
  Credential: ["type", "friendlyName"],
};

/** Kinds of which Twilio allows one with the key. */
export const ENFORCED: readonly Kind[] = ["Conversation", "Participant"];

/** Settings of the program that Twilio never hears of. */
const LOCAL = ["adopt", "onClosed", "resend"];

/** The unique name of the conversation that others made and the program refers to. */
export const STANDING = "standing";

/** The program: `others` are the SIDs of what it refers to and does not declare. */
export function declareAll(program: Iterable<Declaration>, others: ReadonlyMap<string, string>): void {
  const made = new Map<string, CustomResource>();
  const inOrder = [...program].sort((left, right) => KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind));
  for (const { kind, label, name, aliases, fields, refs, isByName } of inOrder) {
    const located = Object.entries(refs).map(([field, to]) => {
      const target = made.get(to);
      if (field === "conversationSid" && isByName === true)
        return [field, target instanceof Conversation ? target.uniqueName : STANDING];
      return [field, target?.id ?? others.get(to)];
    });
    const args = { ...fields, ...Object.fromEntries(located) };
    const options = { aliases: aliases.map((alias) => ({ name: alias })) };
    made.set(label, new CLASSES[kind](name, args as never, options));
  }
}

/** What a declaration says of its object, field by field; undefined where the SID of something is not known. */
export function declared(
  { kind, name, fields, refs }: Declaration,
  sidOf: (label: string) => string | undefined,
): JsonObject | undefined {
  const entries = Object.entries(fields).filter(([field]) => !LOCAL.includes(field));
  const located = Object.entries(refs).map(([field, to]) => [field, sidOf(to)] as const);
  if (located.some(([, sid]) => sid === undefined)) return undefined;
  const proposed = kind === "Conversation" ? { uniqueName: `lifecycle-test-${name}` } : {};
  return flat({ ...proposed, ...Object.fromEntries([...entries, ...located]) } as JsonObject);
}
