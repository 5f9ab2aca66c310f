import { partsOfEstate } from "../../../types";
import {
  type Args,
  binding,
  type Declared,
  type District,
  idOf,
  type Places,
  type Room,
  webhook,
} from "../../../types/in-estate";

/**
 * In which order an account's, a district's and a room's are declared. What a declaration refers to comes before it. A
 * type that is not named comes last in its place.
 */
const ORDER = [
  ...["Configuration", "Webhooks"],
  ...["Service", "Role", "ServiceConfiguration", "ServiceNotifications", "ServiceWebhooks", "User"],
  ...["Credential", "AddressConfiguration"],
  ...["Conversation", "Participant", "ConversationWebhook", "Message", "UserConversation"],
];

/** Declarations of all types: the account's, and so many districts. One district has each type. */
export function estate({ districts }: { readonly districts: number }): Declared[] {
  return [
    ...partsOf("account", { name: "account" }),
    ...Array.from({ length: districts }, (_, at) => district(at)).flat(),
  ];
}

/** The names of the resources that an estate registers: a component's parts have names of their own. */
export function namesIn(declared: readonly Declared[]): string[] {
  return declared.flatMap(({ type, name, args }) =>
    type === "StandingConversation"
      ? [name, `${name}-roster`, ...labelsIn(args).map((label) => `${name}-${label}`)]
      : [name],
  );
}

function labelsIn({ members, webhooks }: Args): string[] {
  return [members, webhooks].flatMap((parts) => Object.keys(parts as object));
}

/** What the tables of the types declare in a place. */
function partsOf<Kind extends keyof Places>(kind: Kind, place: Places[Kind]): Declared[] {
  return partsOfEstate(kind)
    .sort(([left], [right]) => rankOf(left) - rankOf(right))
    .flatMap(([type, part]) => Object.entries(part(place)).map(([name, args]) => ({ type, name, args })));
}

function rankOf(type: string): number {
  return ORDER.includes(type) ? ORDER.indexOf(type) : ORDER.length;
}

function district(at: number): Declared[] {
  const name = `district-${at}`;
  const serviceSid = idOf(`${name}-service`);
  const agentSid = idOf(`${name}-agent`);
  const phone = (line: number) => `+1415555${String(at * 100 + line).padStart(4, "0")}`;
  const place = { name, serviceSid, agentSid, staffSid: idOf(`${name}-staff`), phone };
  return [
    ...partsOf("district", place),
    standing(`${name}-standing`, place),
    ...partsOf("room", {
      ...room(`${name}-inside`, { serviceSid }),
      ...{ host: `${name}-ann`, hostArgs: { roleSid: agentSid }, callerAddress: phone(10) },
    }),
    ...partsOf("room", {
      ...room(`${name}-outside`, {}),
      ...{ host: `${name}-cleo`, hostArgs: {}, callerAddress: phone(20) },
    }),
  ];
}

function room(name: string, place: Args): Pick<Room, "name" | "place" | "inRoom" | "guest"> {
  return { name, place, inRoom: { ...place, conversationSid: idOf(name) }, guest: `${name}-guest` };
}

/** A component: its conversation, two members, three more as a roster, and a webhook. */
function standing(name: string, { phone }: District): Declared {
  const args = {
    ...{ friendlyName: name, uniqueName: name, protect: false },
    members: {
      host: { identity: `${name}-host` },
      caller: { messagingBinding: binding(phone(30)) },
    },
    roster: {
      members: {
        ...{ first: { identity: `${name}-first`, attributes: { room: name } } },
        ...{ second: { identity: `${name}-second` }, third: { messagingBinding: binding(phone(31)) } },
      },
    },
    webhooks: { crm: webhook(name) },
  };
  return { type: "StandingConversation", name, args };
}
