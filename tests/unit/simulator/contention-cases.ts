import type { FormFields } from "../../contract/sdk/client";

/** `CH`, `MB`, `US`, `IM` and `IS` in a path stand for the SIDs of what the suite has made. */
export type Call = readonly [method: "POST" | "DELETE", path: string, form?: FormFields];

export type ContentionCase = readonly [what: string, first: Call, second: Call, code: number];

const conversation = "Conversations/CH";
const members = `${conversation}/Participants`;
const ann = { Identity: "ann" };
const bob = { Identity: "bob" };
const named = { UniqueName: "new" };
const desk = { UniqueName: "desk" };

/** Two requests under way at the same moment: the later one is refused. */
export const contentionCases: readonly ContentionCase[] = [
  ["a user that is being added", ["POST", "Users", bob], ["POST", "Users", bob], 50213],
  ["a user that is being removed, added", ["DELETE", "Users/US"], ["POST", "Users", ann], 50213],
  ["a user that is being removed, removed", ["DELETE", "Users/US"], ["DELETE", "Users/ann"], 50213],
  [
    "a unique name that is being added",
    ["POST", "Conversations", named],
    ["POST", "Conversations", named],
    50391,
  ],
  [
    "a unique name that is being added with members",
    ["POST", "ConversationWithParticipants", named],
    ["POST", "Services/IS/Conversations", named],
    50391,
  ],
  [
    "a unique name that is being removed, added",
    ["DELETE", conversation],
    ["POST", "Conversations", desk],
    50391,
  ],
  [
    "a conversation that is being removed, removed",
    ["DELETE", "Conversations/desk"],
    ["DELETE", conversation],
    50391,
  ],
  [
    "a conversation that is being removed, changed",
    ["DELETE", conversation],
    ["POST", "Conversations/desk", { FriendlyName: "Desk" }],
    50334,
  ],
  ["a member that is being added", ["POST", members, bob], ["POST", members, bob], 50419],
  ["a member that is being removed, added", ["DELETE", `${members}/MB`], ["POST", members, ann], 50419],
  [
    "a member that is being removed, removed",
    ["DELETE", `${members}/MB`],
    ["DELETE", `${members}/ann`],
    50419,
  ],
  [
    "a member that leaves, removed",
    ["DELETE", "Users/US/Conversations/CH"],
    ["DELETE", `${members}/ann`],
    50419,
  ],
  [
    "a message that is being changed",
    ["POST", `${conversation}/Messages/IM`, { Body: "one" }],
    ["POST", `${conversation}/Messages/IM`, { Body: "two" }],
    50514,
  ],
  [
    "a service that is being removed, removed",
    ["DELETE", "Services/OTHER"],
    ["DELETE", "Services/OTHER"],
    50002,
  ],
  [
    "something in a service that is being removed",
    ["DELETE", "Services/OTHER"],
    ["POST", "Services/OTHER/Conversations", named],
    50002,
  ],
];

/** Two requests at the same moment that have nothing to do with each other, or of which Twilio says nothing. */
export const peacefulCases: readonly (readonly [what: string, first: Call, second: Call])[] = [
  ["two users", ["POST", "Users", bob], ["POST", "Users", { Identity: "cy" }]],
  ["two conversations without names", ["POST", "Conversations", {}], ["POST", "Conversations", {}]],
  [
    "one name in two services",
    ["POST", "Conversations", named],
    ["POST", "Services/OTHER/Conversations", named],
  ],
  ["one identity in two services", ["POST", "Users", bob], ["POST", "Services/OTHER/Users", bob]],
  [
    "two changes of a conversation",
    ["POST", conversation, { FriendlyName: "a" }],
    ["POST", conversation, { Attributes: "{}" }],
  ],
  ["two members", ["POST", members, bob], ["POST", members, { Identity: "cy" }]],
  [
    "one identity in two conversations",
    ["POST", members, bob],
    ["POST", "Conversations/next/Participants", bob],
  ],
  ["a user and a member", ["POST", "Users", bob], ["POST", members, bob]],
  [
    "two messages",
    ["POST", `${conversation}/Messages`, { Body: "one" }],
    ["POST", `${conversation}/Messages`, { Body: "two" }],
  ],
  ["two services", ["DELETE", "Services/OTHER"], ["POST", "Conversations", named]],
];
