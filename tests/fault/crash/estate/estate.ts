/** One declaration, as data: the program of a process of its own and the oracle read the same. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  /** `{ $of: name, output }` stands for an output of what is declared before it. */
  readonly args: Readonly<Record<string, unknown>>;
}

const ACCOUNT_SIZE = 2;
const DISTRICT_SIZE = 34;

/** Declarations of so many objects, of all kinds: two of the account, the rest in districts of 34. */
export function estate(objects: number): Declared[] {
  const districts = (objects - ACCOUNT_SIZE) / DISTRICT_SIZE;
  if (!Number.isInteger(districts)) throw new Error(`an estate has 2 + n × ${DISTRICT_SIZE} objects`);
  return [...account(), ...Array.from({ length: districts }, (_, at) => district(at)).flat()];
}

/** The names of the resources that an estate registers: a component's parts have names of their own. */
export function namesIn(declared: readonly Declared[]): string[] {
  return declared.flatMap(({ type, name, args }) =>
    type === "StandingConversation"
      ? [name, `${name}-roster`, ...partsOf(args).map((label) => `${name}-${label}`)]
      : [name],
  );
}

function partsOf({ members, webhooks }: Declared["args"]): string[] {
  return [members, webhooks].flatMap((parts) => Object.keys(parts as object));
}

function account(): Declared[] {
  const defaultMessagingServiceSid = `MG${"1".repeat(32)}`;
  return [
    declare("Configuration", "account", { defaultInactiveTimer: "PT12H", defaultMessagingServiceSid }),
    declare("Webhooks", "account-webhooks", webhooks("account")),
  ];
}

/** One room is in the district's own service, the other in the account's default one. */
function district(at: number): Declared[] {
  const name = `district-${at}`;
  const serviceSid = sid(`${name}-service`);
  const roleSid = sid(`${name}-agent`);
  return [
    declare("Service", `${name}-service`, { friendlyName: name }),
    declare("Role", `${name}-agent`, role(name, "conversation", { serviceSid })),
    declare("Role", `${name}-staff`, role(name, "service", {})),
    ...serviceSettings(name),
    ...["ann", "ben"].map((who) => user(`${name}-${who}`, { serviceSid })),
    user(`${name}-cleo`, { roleSid: sid(`${name}-staff`) }),
    declare("Credential", `${name}-phones`, {
      type: "fcm",
      friendlyName: name,
      secret: `the key of ${name}`,
      // Nothing but this tells whose an equally named one is, so that a later run is refused it otherwise.
      adopt: "always",
    }),
    declare("AddressConfiguration", `${name}-line`, {
      ...{ type: "sms", address: phone(at, 99), friendlyName: name },
      autoCreation: {
        ...{ enabled: true, type: "webhook", conversationServiceSid: serviceSid },
        ...{ webhookUrl: url(name), webhookMethod: "post", webhookFilters: ["onMessageAdded"] },
      },
    }),
    standing(`${name}-standing`, at),
    ...room(`${name}-inside`, `${name}-ann`, phone(at, 10), { serviceSid }, { roleSid }),
    ...room(`${name}-outside`, `${name}-cleo`, phone(at, 20), {}, {}),
  ];
}

function serviceSettings(name: string): Declared[] {
  const serviceSid = sid(`${name}-service`);
  return [
    declare("ServiceConfiguration", `${name}-configuration`, {
      serviceSid,
      defaultConversationRoleSid: sid(`${name}-agent`),
      reachabilityEnabled: true,
    }),
    declare("ServiceNotifications", `${name}-notifications`, {
      serviceSid,
      newMessage: { enabled: true, template: `a message in ${name}` },
    }),
    declare("ServiceWebhooks", `${name}-webhooks`, { serviceSid, ...webhooks(name) }),
  ];
}

/** A component: its conversation, two members, three more as a roster, and a webhook. */
function standing(name: string, at: number): Declared {
  return declare("StandingConversation", name, {
    ...{ friendlyName: name, uniqueName: name, protect: false },
    members: {
      host: { identity: `${name}-host` },
      caller: { messagingBinding: binding(phone(at, 30)) },
    },
    roster: {
      members: {
        ...{ first: { identity: `${name}-first`, attributes: { room: name } } },
        ...{ second: { identity: `${name}-second` }, third: { messagingBinding: binding(phone(at, 31)) } },
      },
    },
    webhooks: { crm: webhook(name) },
  });
}

type Args = Record<string, unknown>;

/**
 * 9 objects: a conversation, three members, two webhooks, the same notice twice, what one member is told. The host is
 * a user whom the program declares too, and joins without waiting for that.
 */
function room(name: string, host: string, address: string, place: Args, member: Args): Declared[] {
  const inRoom = { ...place, conversationSid: sid(name) };
  const guest = `${name}-guest`;
  const attributes = { room: name };
  return [
    declare("Conversation", name, { ...place, friendlyName: name, uniqueName: name, attributes }),
    declare("Participant", `${name}-host`, { ...inRoom, ...member, identity: host, attributes }),
    declare("Participant", guest, { ...inRoom, identity: guest }),
    declare("Participant", `${name}-caller`, { ...inRoom, messagingBinding: binding(address) }),
    declare("ConversationWebhook", `${name}-events`, { ...inRoom, ...webhook(name) }),
    declare("ConversationWebhook", `${name}-help`, {
      ...inRoom,
      target: "trigger",
      configuration: { url: url(name), triggers: ["help"] },
    }),
    ...["notice", "notice-again"].map((which) =>
      declare("Message", `${name}-${which}`, { ...inRoom, author: "estate", body: `Welcome to ${name}.` }),
    ),
    declare("UserConversation", `${name}-muted`, {
      ...place,
      conversationSid: { $of: guest, output: "conversationSid" },
      userSid: guest,
      notificationLevel: "muted",
    }),
  ];
}

function role(friendlyName: string, type: "conversation" | "service", place: Args): Args {
  const permissions = {
    conversation: ["sendMessage", "leaveConversation"],
    service: ["joinConversation", "editOwnUserInfo"],
  };
  return { ...place, friendlyName, type, permissions: permissions[type] };
}

function user(identity: string, args: Args): Declared {
  return declare("User", `${identity}-user`, {
    ...args,
    identity,
    friendlyName: identity,
    attributes: { estate: true },
  });
}

function webhooks(name: string): Args {
  return { postWebhookUrl: url(name), method: "POST", filters: ["onMessageAdded"] };
}

function webhook(name: string): Args {
  return {
    target: "webhook",
    configuration: { url: url(name), method: "post", filters: ["onMessageAdded"] },
  };
}

function binding(address: string): Args {
  return { address, proxyAddress: "+15005550001" };
}

function url(name: string): string {
  return `https://example.com/${name}`;
}

function phone(district: number, line: number): string {
  return `+1415555${String(district * 100 + line).padStart(4, "0")}`;
}

function declare(type: string, name: string, args: Args): Declared {
  return { type, name, args };
}

function sid(name: string) {
  return { $of: name, output: "id" };
}
