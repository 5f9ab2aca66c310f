import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ArgsOf } from "../../core/definition/args";
import {
  type AnnouncedArgs,
  announced,
  everyServiceObject,
  type ServiceObjectArgs,
  withAttributes,
} from "../../core/definition/common-fields";
import { attributes, choice, duration, text, timestamp } from "../../core/definition/constraint";
import { define } from "../../core/definition/define";
import { field } from "../../core/definition/field";
import { sameDuration } from "../../core/definition/iso-time";
import { isSid, sid } from "../../core/definition/sid";
import { isUnknown } from "../../core/engine-transport";
import { isObject, type Json, type JsonObject } from "../../core/json";
import type { Problem } from "../../core/problem";
import { ServiceObject } from "../../core/program/object-resource";
import { instanceTest, typeToken } from "../../core/program/provider-text";
import { isPathSegment } from "../../http/path";
import { isClosedForGood, whyClosed, whyKept } from "./closed-conversation";

/** Twilio itself switches a conversation between these two, by timers and by messages. */
const OPEN_STATES: readonly unknown[] = ["active", "inactive"];

const timer = { change: "update", writeOnly: true, cleared: "PT0S", same: sameDuration } as const;
const timerFields = {
  /** Time from the last message to `inactive`: ISO 8601 duration, at least PT1M. PT0S switches it off. */
  inactive: field(timer, duration(60, { short: 50375, format: 50379 }).optional()),
  /** Time from the last message to `closed`: ISO 8601 duration, at least PT10M. PT0S switches it off. */
  closed: field(timer, duration(600, { short: 50376, format: 50380 }).optional()),
};

const emailFields = {
  /** E-mail address of the conversation, at most 256 characters. */
  address: text(256).optional(),
  /** Name of the conversation as a sender of e-mail, at most 256 characters. */
  name: text(256).optional(),
};

const bindingFields = {
  /** The conversation as a sender of e-mail. */
  email: z.strictObject(emailFields).optional(),
};

const fields = {
  /** Human-readable name, 1 to 256 characters. Removing it leaves the name on Twilio. */
  friendlyName: field({ change: "update" }, text(256, { long: 50003 }).optional()),
  /**
   * Name that is unique in the service, 1 to 256 characters. It can stand in for the SID.
   * @default a stable name from project, stack and resource name; `null` for none
   */
  uniqueName: field({ change: "update", cleared: "" }, text(256, { long: 50004 }).nullish()),
  /**
   * Your own data, at most 16,384 bytes: any JSON value or JSON text. The provider compares JSON values: order, spacing
   * and number form do not count. Null means omitted.
   * @default {}, set by Twilio
   */
  attributes: field({ change: "update", json: true, cleared: {} }, attributes(16_384).optional()),
  /**
   * SID (MG…) of the messaging service for SMS and WhatsApp participants.
   * @default the account's default messaging service
   */
  messagingServiceSid: field({ change: "update" }, sid("MG", 50341).optional()),
  /**
   * State: `active`, `inactive` or `closed`. Twilio itself switches between active and inactive, so these never drift.
   * Closed is final: nothing in the conversation can change any more, and Twilio never opens it again.
   * @default "active"
   */
  state: field(
    {
      change: "update",
      watched: true,
      isDrift: (stored, live) => !(OPEN_STATES.includes(stored) && OPEN_STATES.includes(live)),
      isFinal: (state) => state === "closed",
    },
    choice(["active", "inactive", "closed"], 50378).optional(),
  ),
  /** Timers that change the state. Twilio never returns their durations, so they never drift. */
  timers: field(
    { change: "update", writeOnly: true, cleared: "PT0S" },
    z.strictObject(timerFields).optional(),
  ),
  /** How the conversation appears on other channels. */
  bindings: field({ change: "update" }, z.strictObject(bindingFields).optional()),
  /** Time of creation, for imported history: ISO 8601. Sent at creation only; the provider ignores later changes. */
  dateCreated: field({ change: "creation" }, timestamp(50308).optional()),
  /**
   * Time of the last change, for imported history: ISO 8601. Sent at creation only; the provider ignores later changes.
   */
  dateUpdated: field({ change: "creation" }, timestamp(50309).optional()),
  /**
   * What `pulumi up` does if the conversation was closed outside Pulumi.
   * - `fail`: it stops and says so
   * - `replace`: it deletes the conversation with all its messages, and creates it again
   * @default "fail"
   */
  onClosed: field({ change: "local" }, z.enum(["fail", "replace"]).optional()),
};

const internalFields = {
  /** The unique name that the constructor proposes. */
  autoName: field({ change: "local", internal: true }, z.string().optional()),
  ...withAttributes,
};

/** `POST /v1/Conversations` and its like. */
export const conversation = define({
  type: "Conversation",
  noun: "conversation",
  twilioPage: "conversation-resource",
  sidPrefix: "CH",
  schema: z.strictObject({ ...fields, ...internalFields, ...announced, ...everyServiceObject }),
  outputs: ["accountSid"],
  volatile: ["dateUpdated", "timerDates"],
  path: () => ["Conversations"],
  isLookedUp: true,
  listKey: "conversations",
  pageSize: 100,
  observe: withEmailAddress,
  rules: problems,
  normalizeInputs: settleUniqueName,
  createForm: (inputs): JsonObject =>
    // Twilio refuses timers in a create that does not also give the state (50382).
    inputs["timers"] !== undefined && inputs["state"] === undefined ? { state: "active" } : {},
  naturalKey: {
    enforced: true,
    existsCodes: [50307, 50353],
    isDeclared: ({ uniqueName }) => uniqueName !== undefined,
    alias: ({ uniqueName }) => (typeof uniqueName === "string" ? uniqueName : undefined),
    matches: (inputs, live) => live["uniqueName"] === inputs["uniqueName"],
    fields: ["uniqueName"],
    rejectAdoption: whyKept,
  },
  finalStateCodes: [50377],
  derive: ({ timers }): JsonObject =>
    isObject(timers) && Object.keys(timers).length > 0 ? { timerDates: timers } : {},
  replacement: "It will be replaced, and all its messages are lost.",
  replaces: (state, inputs) =>
    isClosedForGood(state, inputs) && inputs["onClosed"] === "replace"
      ? { fields: ["state"], warning: "It is closed." }
      : undefined,
  rejectUpdate: whyClosed,
});

/** Twilio takes an e-mail binding's address as `Address` and returns it as `projected_address`. */
function withEmailAddress(live: JsonObject): JsonObject {
  const { bindings } = live;
  if (!isObject(bindings) || !isObject(bindings["email"])) return live;
  const { projectedAddress, ...email } = bindings["email"];
  return { ...live, bindings: { ...bindings, email: { ...email, address: projectedAddress } } };
}

function problems({ uniqueName, state }: JsonObject, creating: boolean): Problem[] {
  const found: Problem[] = [];
  if (typeof uniqueName === "string" && isSid("CH", uniqueName))
    found.push({
      path: "uniqueName",
      message: "looks like a CH SID",
      twilioCode: 50390,
      hint: "Use another name.",
    });
  if (typeof uniqueName === "string" && !isPathSegment(uniqueName))
    found.push({
      path: "uniqueName",
      message: "cannot be addressed",
      hint: 'Use a name other than "." and "..".',
    });
  if (creating && state === "closed")
    found.push({
      path: "state",
      message: "cannot be closed when the conversation is created",
      twilioCode: 50384,
      hint: "Leave it out, or declare active or inactive.",
    });
  return found;
}

/** Keeps a proposed name for the conversation's life, even if the stack or the resource is renamed. */
function settleUniqueName(olds: JsonObject, news: JsonObject): JsonObject {
  if (news["uniqueName"] !== undefined || news["autoName"] === undefined) {
    // No program gives both: `ignoreChanges` has restored the proposed name.
    if (news["autoName"] !== undefined && olds["autoName"] === news["uniqueName"]) {
      return { ...news, autoName: news["uniqueName"] };
    }
    const { autoName: _unused, ...declared } = news;
    return declared;
  }
  const autoName = olds["autoName"] ?? news["autoName"];
  return isUnknown(autoName) ? news : { ...news, autoName, uniqueName: autoName };
}

/** Arguments of a {@link Conversation}. */
export type ConversationArgs = ArgsOf<typeof fields> & AnnouncedArgs & ServiceObjectArgs;

/**
 * A thread of messages: names, attributes, timers and state.
 *
 * Everything changes in place but the service and the account. Deleting it deletes its messages: consider `protect:
 * true`.
 *
 * @example
 * ```ts
 * const support = new Conversation("eu-support", {
 *   friendlyName: "EU support",
 *   uniqueName: "eu-support",
 *   attributes: { region: "eu" },
 * });
 * ```
 */
export class Conversation extends ServiceObject {
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(conversation.type);
  static override readonly isInstance = instanceTest<Conversation>(Conversation.__pulumiType);
  /** Human-readable name. */
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  /** Name that is unique in the service, declared or proposed. */
  declare readonly uniqueName: pulumi.Output<string | undefined>;
  /** The attributes, as a JSON value. */
  declare readonly attributes: pulumi.Output<Json | undefined>;
  /** SID (MG…) of the messaging service in effect. */
  declare readonly messagingServiceSid: pulumi.Output<string | undefined>;
  /** The state as last declared, or as Twilio assigned it. It does not follow switches between active and inactive. */
  declare readonly state: pulumi.Output<"active" | "inactive" | "closed">;
  /** The declared timers. */
  declare readonly timers: pulumi.Output<{ inactive?: string; closed?: string } | undefined>;
  /** When the timers run out, as Twilio last reported. */
  declare readonly timerDates: pulumi.Output<{ dateInactive?: string; dateClosed?: string } | undefined>;
  /** How the conversation appears on other channels. */
  declare readonly bindings: pulumi.Output<{ email?: { address?: string; name?: string } } | undefined>;

  constructor(name: string, args: ConversationArgs = {}, opts?: pulumi.CustomResourceOptions) {
    const autoName = args.uniqueName === undefined && opts?.id === undefined ? proposedName(name) : undefined;
    super(conversation, name, { ...args, autoName }, opts);
  }
}

function proposedName(name: string): string {
  return [...`${pulumi.getProject()}-${pulumi.getStack()}-${name}`].slice(0, 256).join("");
}
