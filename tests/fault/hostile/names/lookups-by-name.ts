import { addressConfigurationLookup } from "../../../../provider/functions/address-configuration";
import type { Lookup } from "../../../../provider/functions/call/lookup";
import { conversationLookup, conversationsLookup } from "../../../../provider/functions/conversation";
import {
  conversationWebhookLookup,
  conversationWebhooksLookup,
} from "../../../../provider/functions/conversation-webhook";
import { participantLookup, participantsLookup } from "../../../../provider/functions/participant";
import { roleLookup } from "../../../../provider/functions/role";
import { serviceLookup } from "../../../../provider/functions/service";
import { userLookup } from "../../../../provider/functions/user";
import { CH } from "../../../types/sids";

/** Every look-up that can be given a name, with the name in each place that takes one. */
export function lookupsByName(name: string): [Lookup, object][] {
  return [
    [addressConfigurationLookup, { address: name }],
    [conversationLookup, { uniqueName: name }],
    [conversationsLookup, { identity: name }],
    [conversationsLookup, { address: name }],
    [conversationWebhookLookup, { conversationSid: name, target: "webhook" }],
    [conversationWebhooksLookup, { conversationSid: name }],
    [participantLookup, { conversationSid: name, identity: "alice" }],
    [participantLookup, { conversationSid: CH, identity: name }],
    [participantLookup, { conversationSid: CH, address: name }],
    [participantsLookup, { conversationSid: name }],
    [roleLookup, { friendlyName: name }],
    [serviceLookup, { friendlyName: name }],
    [userLookup, { identity: name }],
  ];
}
