import type * as pulumi from "@pulumi/pulumi";
import { requireText } from "../../core/api/request";
import type { ArgsOf, GetArgs } from "../../core/definition/args";
import { field } from "../../core/definition/field";
import { conversationReference } from "../../core/definition/sid";
import type { Json, JsonObject } from "../../core/json";
import { ServiceObject } from "../../core/program/object-resource";
import { existing, type ResourceClass } from "../../core/program/twilio-resource";

/** The location of resources in a conversation. */
export const inConversation = {
  /**
   * The conversation, by SID (`conversation.id`, recommended) or unique name. Changing it replaces the resource.
   * Changing it to the SID of the same conversation never does. Neither does another name, if the program declares the
   * conversation before this resource.
   */
  conversationSid: field(
    {
      change: "replace",
      pathParameter: true,
      refers: { type: "Conversation", sidPrefix: "CH", resolved: "resolvedConversationSid" },
      same: (_stored, wanted, state) => wanted === state["resolvedConversationSid"],
    },
    conversationReference(),
  ),
};

/** Arguments of every object in a conversation. */
export type InConversationArgs = ArgsOf<typeof inConversation>;

/** Arguments of `get` for an object in a conversation. */
export interface InConversationGetArgs extends GetArgs {
  /** The conversation: its SID or its unique name. */
  conversationSid: pulumi.Input<string>;
}

/** The path of a collection. It uses the SID once known, since another conversation can get the unique name. */
export function pathInConversation(collection: string) {
  return ({ conversationSid, resolvedConversationSid }: JsonObject): readonly string[] => [
    "Conversations",
    requireText("conversationSid", resolvedConversationSid ?? conversationSid),
    collection,
  ];
}

/** The conversation's SID, if the program names it by its unique name. */
export function resolvedConversation(live: JsonObject, inputs: JsonObject): JsonObject {
  return live["conversationSid"] === inputs["conversationSid"]
    ? {}
    : { resolvedConversationSid: live["conversationSid"] as Json | undefined };
}

/** An object that programs create and delete in a conversation. */
export abstract class ConversationObject extends ServiceObject {
  /** The conversation as the program names it: SID or unique name. */
  declare readonly conversationSid: pulumi.Output<string>;
  /** SID (CH…) of the conversation, if the program names it by its unique name. */
  declare readonly resolvedConversationSid: pulumi.Output<string | undefined>;

  /**
   * Reads an object that this program does not manage, by its SID and the conversation it lives in.
   * @throws if Twilio has no such object there
   */
  static override get<Resource>(
    this: ResourceClass<Resource>,
    name: string,
    { sid, ...location }: InConversationGetArgs,
    opts?: pulumi.CustomResourceOptions,
  ): Resource {
    return existing(this, name, sid, location, opts);
  }
}
