import type { FormFields } from "../sdk/client";

export const alice = { Identity: "alice" };
export const sms = {
  "MessagingBinding.Address": "+15558675310",
  "MessagingBinding.ProxyAddress": "+15017122661",
};
export const long = "x".repeat(257);
export const missing = "0".repeat(32);

/** `target` is a path in which CH, MB, SMS, RL, SV and IS stand for what the suite has made. */
export type ErrorCase = [what: string, target: string, form: FormFields, code: number, status: number];

/** What a member may not be, on creation and on update. */
export const memberErrorCases: readonly ErrorCase[] = [
  ["nobody at all", "Conversations/CH/Participants", {}, 50204, 400],
  ["identity with address", "Conversations/CH/Participants", { ...alice, ...sms }, 50211, 400],
  [
    "a proxy alone",
    "Conversations/CH/Participants",
    { "MessagingBinding.ProxyAddress": "+15017122661" },
    50411,
    400,
  ],
  [
    "an address alone",
    "Conversations/CH/Participants",
    { "MessagingBinding.Address": "+15558675310" },
    50452,
    403,
  ],
  [
    "a projected address without group MMS",
    "Conversations/CH/Participants",
    { ...alice, "MessagingBinding.ProjectedAddress": "+15017122661" },
    50452,
    403,
  ],
  [
    "an address that is no number",
    "Conversations/CH/Participants",
    { ...sms, "MessagingBinding.Address": "12" },
    50407,
    400,
  ],
  [
    "a proxy that is no number",
    "Conversations/CH/Participants",
    { ...sms, "MessagingBinding.ProxyAddress": "+x" },
    50408,
    400,
  ],
  [
    "the same address twice",
    "Conversations/CH/Participants",
    { ...sms, "MessagingBinding.ProxyAddress": "+15558675310" },
    50409,
    400,
  ],
  [
    "two channels",
    "Conversations/CH/Participants",
    { ...sms, "MessagingBinding.ProxyAddress": "whatsapp:+15017122661" },
    50414,
    400,
  ],
  ["a pair in use", "Conversations/CH/Participants", sms, 50416, 409],
  [
    "name and level by SMS",
    "Conversations/CH/Participants",
    { ...sms, "MessagingBinding.Name": "Bo" },
    50420,
    400,
  ],
  ["an identity twice", "Conversations/CH/Participants", { Identity: "bob" }, 50433, 409],
  ["a reserved identity", "Conversations/CH/Participants", { Identity: "system" }, 50203, 400],
  ["an identity like a user SID", "Conversations/CH/Participants", { Identity: `US${missing}` }, 50206, 400],
  ["an identity of 257 characters", "Conversations/CH/Participants", { Identity: long }, 50207, 400],
  [
    "a role that is missing",
    "Conversations/CH/Participants",
    { ...alice, RoleSid: `RL${missing}` },
    50109,
    400,
  ],
  ["a role of a service", "Conversations/CH/Participants", { ...alice, RoleSid: "SV" }, 50109, 400],
  ["an empty role", "Conversations/CH/Participants", { ...alice, RoleSid: "" }, 50109, 400],
  [
    "5 KB on a member",
    "Conversations/CH/Participants",
    { ...alice, Attributes: `"${"é".repeat(2100)}"` },
    50303,
    400,
  ],
  ["an empty update of a member", "Conversations/CH/Participants/MB", {}, 20161, 400],
  [
    "a proxy sent again",
    "Conversations/CH/Participants/SMS",
    { "MessagingBinding.ProxyAddress": "+15017122661" },
    50441,
    400,
  ],
  [
    "a proxy taken away",
    "Conversations/CH/Participants/SMS",
    { "MessagingBinding.ProxyAddress": "null" },
    50440,
    400,
  ],
  [
    "a projected address beside an address",
    "Conversations/CH/Participants/SMS",
    { "MessagingBinding.ProjectedAddress": "+15017122661" },
    50443,
    400,
  ],
  [
    "a projected address taken from nobody",
    "Conversations/CH/Participants/MB",
    { "MessagingBinding.ProjectedAddress": "null" },
    50442,
    400,
  ],
  ["an identity for an SMS member", "Conversations/CH/Participants/SMS", { Identity: "carol" }, 50444, 400],
  [
    "a read index that is no number",
    "Conversations/CH/Participants/MB",
    { LastReadMessageIndex: "x" },
    50421,
    400,
  ],
  ["a read time that is none", "Conversations/CH/Participants/MB", { LastReadTimestamp: "x" }, 50405, 400],
];
