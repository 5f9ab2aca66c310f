/** Hints for Twilio's error codes, one sentence each. */
export type Hints = Readonly<Record<number, string>>;

/** A request with the origin of its address. */
interface Addressed {
  /** Name of the variable or config key that sets the address, if one does. */
  readonly addressName?: string;
}

const BY_CODE: Hints = {
  20001: "Compare the values with the limits in the resource's documentation.",
  20003:
    "Check that the account SID, the API key or auth token, and the region belong together, and that the account is not suspended.",
  20161: "The update carried no field; please report this as a bug of the provider.",
  20403:
    "Use credentials of the account that owns the object; a restricted API key needs Conversations permissions.",
  20404: "It does not exist in this account and region: check the spelling, the account and twilio:region.",
  20422: "Compare the values with the limits in the resource's documentation.",
  20429: "Lower twilio:concurrency, or wait for other programs of this account to finish.",
  20500: "Run `pulumi up` again; if it persists, give Twilio's support the request id.",
  20503: "Run `pulumi up` again once https://status.twilio.com shows Conversations as operational.",
  50000: "Give a friendlyName.",
  50002: "The service is still being deleted: wait a minute and run `pulumi up` again.",
  50003: "Shorten the friendly name to 256 characters.",
  50004: "Shorten the unique name to 256 characters.",
  50050: "Check serviceSid: this account and region have no such Conversations service.",
  50054: "Check the spelling of the webhook's filters.",
  50055: "Give the webhook's method as GET or POST.",
  50056:
    "Your preWebhookUrl refused this request: look at what it answered, or switch it off with webhookEnabled: false.",
  50057: "Your preWebhookUrl failed: look at what it answered, or switch it off with webhookEnabled: false.",
  50058: "Shorten the notification's template to 4,096 characters.",
  50059: "Shorten the notification's sound to 256 characters.",
  50063: "Lower twilio:writesPerSecond: this service takes no more writes per second.",
  50074: "Lower twilio:writesPerSecond: this account takes no more actions per second.",
  50076:
    "Your preWebhookUrl did not answer within 5 seconds: run `pulumi up` again, or set webhookEnabled: false.",
  50077: "Give preWebhookUrl a public https URL.",
  50078: "Give postWebhookUrl a public https URL.",
  50100: "Check roleSid: the role does not exist in this Conversations service.",
  50101: "Give a role of type `conversation`.",
  50102: "Give a role of type `service`.",
  50104: "Check the spelling of the permissions and that they fit the role's type.",
  50105: "Set the role's type to `conversation` or `service`.",
  50107: "The credentials may not do this: use an API key or the auth token of the account itself.",
  50109: "Check roleSid: it must be a role of type `conversation` in the conversation's own service.",
  50200:
    "The user does not exist in this service; it appears when the identity joins its first conversation.",
  50201: 'A user with this identity exists already; adopt it with `adopt: "always"`.',
  50203: "Choose another identity: `system`, `private` and `unique` are reserved.",
  50204: "Give the participant an identity, or messagingBinding.address together with proxyAddress.",
  50206: "Choose an identity that does not look like a user SID (US…).",
  50207: "Shorten the identity to 256 characters.",
  50210: "Set notificationLevel to default or muted.",
  50211: "Give either an identity or messagingBinding.address with proxyAddress, not both.",
  50213: "Something else changed this user at the same moment: run `pulumi up` again.",
  50214: "This identity is in 1,000 open conversations, Twilio's limit: close or leave some.",
  50300: "The conversation does not exist in this account, service and region.",
  50303: "Shorten the attributes: 16 KB for a conversation, 4 KB for a participant, user or message.",
  50304: "Give attributes that are valid JSON.",
  50307:
    "Choose another uniqueName, or adopt the conversation that holds it; closed conversations keep theirs.",
  50308: "Write dateCreated as ISO 8601 in UTC, like 2026-01-31T12:00:00Z.",
  50309: "Write dateUpdated as ISO 8601 in UTC, like 2026-01-31T12:00:00Z.",
  50334: "The conversation is being deleted: wait a minute and run `pulumi up` again.",
  50340: "Assign a messaging service that exists to the conversation.",
  50341: "Assign a messaging service that exists to the conversation.",
  50342: "Assign a messaging service of this account.",
  50347: "The update carried no field; please report this as a bug of the provider.",
  50349: "Something else changed this conversation at the same moment: run `pulumi up` again.",
  50350: "The conversation does not exist in this account, service and region.",
  50353:
    "Choose another uniqueName, or adopt the conversation that holds it; closed conversations keep theirs.",
  50360: "The webhook does not exist any more: run `pulumi refresh`.",
  50361:
    "A conversation takes 5 webhooks: remove one. To replace one of five, set deleteBeforeReplace: true on it.",
  50362: "A webhook takes 5 triggers: remove some.",
  50364: "Set the webhook's target to webhook, trigger or studio.",
  50365: "Check the spelling of the webhook's filters.",
  50366: "Shorten the trigger word to 248 characters.",
  50367: "Check flowSid: it must be a Studio flow (FW…).",
  50368: "Give the webhook a target.",
  50369: "Give the webhook a url.",
  50370: "Give a webhook of target `webhook` at least one filter.",
  50371: "Give a webhook of target `trigger` at least one trigger word.",
  50372: "Shorten the webhook's url to 512 characters.",
  50373:
    "Set messagingServiceSid on the conversation, or a default messaging service on the account's Configuration.",
  50374: "Give the state, or leave it out: it cannot be emptied.",
  50375: "Set timers.inactive to one minute (PT1M) or more, or to PT0S to switch it off.",
  50376: "Set timers.closed to ten minutes (PT10M) or more, or to PT0S to switch it off.",
  50377:
    'The conversation is closed, and nothing in a closed conversation can change any more. Take the change back; or, to make a new one without its history, declare onClosed: "replace" on the Conversation, without state: "closed", and run `pulumi up --refresh`.',
  50378: "Set the state to active, inactive or closed.",
  50379: "Write timers.inactive as an ISO 8601 duration, like PT1H.",
  50380: "Write timers.closed as an ISO 8601 duration, like P7D.",
  50382: "Timers need a state in the same request: set state to active or inactive.",
  50384: "Create the conversation as active or inactive, then close it.",
  50385: "Conversations is not enabled in this region: remove twilio:region, or choose another.",
  50386: "The conversation is still being set up: wait a few seconds and run `pulumi up` again.",
  50390: "Choose a uniqueName that does not look like a conversation SID (CH…).",
  50391: "Something else changed this conversation at the same moment: run `pulumi up` again.",
  50396: "Give an endDate that is after startDate.",
  50403: "The conversation is full: 1,000 participants at most.",
  50405: "Write lastReadTimestamp as ISO 8601, like 2026-01-31T12:00:00Z.",
  50406: "Give a lastReadMessageIndex that exists in the conversation.",
  50407:
    "Write messagingBinding.address in the form of its channel, like +15551234567 or whatsapp:+15551234567.",
  50408: "Give a proxyAddress that is a Twilio sender, like +15551234567 or whatsapp:+15551234567.",
  50409: "Give an address and a proxyAddress that differ.",
  50411: "Give messagingBinding.address beside proxyAddress.",
  50412: "Give messagingBinding.proxyAddress beside address.",
  50413: "Use a proxyAddress that this account owns; a subaccount needs its own credentials.",
  50414:
    "Give address and proxyAddress on one channel, both plain or both with the same prefix such as whatsapp:.",
  50415: "Register the proxyAddress as a WhatsApp sender, or use one that is.",
  50416:
    "Remove the participant with this address and proxyAddress from the other open conversation (or close it), or use another proxyAddress.",
  50417: "The conversation is full: remove participants, or ask Twilio to raise the limit of 1,000.",
  50418: "A conversation takes 50 participants outside chat: remove some.",
  50419: "Something else changed this participant at the same moment: run `pulumi up` again.",
  50420: "Remove the binding's name and level: SMS takes neither.",
  50421: "Give a lastReadMessageIndex that exists in the conversation.",
  50422: "A conversation takes 50 participants outside chat: remove some.",
  50430: "The identity is not a member of this conversation.",
  50432: "The participant does not exist any more: run `pulumi refresh`.",
  50433:
    'This identity is a member already: declare it once, or take the member over with `adopt: "always"`.',
  50434: "This is a group MMS conversation: give messagingBinding.projectedAddress beside the identity.",
  50435: "Group MMS needs at least three members with an address.",
  50436: "Group MMS takes 10 members at most.",
  50437: "This member is in the group already: declare it once.",
  50438: "Another open conversation has the same group MMS members: close it, or change the members.",
  50439: "Use a projectedAddress that this account owns.",
  50440: "The proxyAddress cannot be removed: replace the participant.",
  50441: "The proxyAddress cannot be changed or sent again: replace the participant.",
  50442: "The projectedAddress cannot be removed: replace the participant.",
  50443: "The projectedAddress cannot be added: replace the participant.",
  50444: "The identity cannot be changed: replace the participant.",
  50449: "Something else changed this conversation at the same moment: run `pulumi up` again.",
  50451: "Look up by identity or by address, not by both.",
  50452:
    "Group MMS is not enabled for this account: give messagingBinding.proxyAddress beside address, or ask Twilio to enable it.",
  50453: "Remove the proxyAddress: this channel takes none.",
  50503: "Give the message a body, media or content.",
  50504: "Shorten the message: 1,600 characters by SMS or WhatsApp, 32 KB in chat.",
  50513: "Set the message's author to a participant of the group MMS conversation.",
  50514: "Something else changed this message at the same moment: run `pulumi up` again.",
  70051: "A restricted API key lacks the permission for this request: add it, or use a standard key.",
};

const BY_STATUS: Readonly<Record<number, string>> = {
  401: BY_CODE[20003] ?? "",
  403: BY_CODE[20403] ?? "",
  407: "Put the proxy's user name and password into HTTPS_PROXY.",
  413: "Shorten the attributes or the body.",
  429: BY_CODE[20429] ?? "",
};

/** Names the setting to check when an answer did not come from Twilio. */
export function addressOf({ addressName = "twilio:baseUrl" }: Addressed): string {
  return addressName;
}

/**
 * The hint for an HTTP status and Twilio code, one sentence; undefined when there is none. `own` holds the request's
 * more specific hints, by code or status. A 401 concerns the login whatever its code.
 */
export function adviceFor(
  status: number,
  twilioCode: number | undefined,
  { advice: own = {}, ...sent }: Addressed & { readonly advice?: Hints } = {},
): string | undefined {
  const login = status === 401 ? own[401] : undefined;
  const known = twilioCode === undefined ? undefined : (own[twilioCode] ?? login ?? BY_CODE[twilioCode]);
  if (known !== undefined) return known;
  if (twilioCode === undefined && status === 404) {
    return `The answer did not come from Twilio: check ${addressOf(sent)} and the proxy.`;
  }
  return own[status] ?? BY_STATUS[status] ?? (status >= 500 ? BY_CODE[20503] : undefined);
}
