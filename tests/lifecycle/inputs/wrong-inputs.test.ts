import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Conversation, Participant, Role, User, UserConversation } from "../../../provider";
import { diagnosticsIn } from "../../support/diagnostics";
import { useTestBed } from "../../support/stack/test-bed";
import { WRONG_CHANNELS } from "./wrong-channels";
import { WRONG_OBJECTS } from "./wrong-objects";
import {
  CANARY,
  everywhere,
  everywhereProblems,
  HEX_CANARY,
  heavy,
  long,
  type Problem,
  sidOf,
  timestamps,
  type Wrong,
} from "./wrong-values";

const WRONGS: Wrong[] = [
  {
    what: "a participant of values too long, of wrong forms and of unknown names",
    type: Participant,
    args: {
      conversationSid: sidOf("MB"),
      identity: long(257),
      messagingBinding: {
        address: long(257),
        proxyAddress: `whatsapp:${long(257)}`,
        projectedAddress: long(257),
        phone: CANARY,
      },
      attributes: pulumi.secret(`{"pin":"${CANARY}"`),
      roleSid: sidOf("RL").slice(0, -1),
      lastReadMessageIndex: -1,
      lastReadTimestamp: CANARY,
      groupMms: CANARY,
      webhookEnabled: CANARY,
      role_sid: sidOf("RL"),
      colour: pulumi.secret({ shade: CANARY }),
      ...timestamps,
      ...everywhere,
    },
    problems: [
      ["conversationSid", 50350],
      ["identity", 50207],
      ["messagingBinding", 50211],
      ["messagingBinding.address", 50407],
      ["messagingBinding.proxyAddress", 50408],
      ["messagingBinding.projectedAddress", 50407],
      ["messagingBinding.phone"],
      ["attributes", 50304],
      ["roleSid", 50109],
      ["lastReadMessageIndex", 50406],
      ["lastReadTimestamp", 50405],
      ["groupMms"],
      ["webhookEnabled"],
      ["role_sid"],
      ["colour"],
      ...everywhereProblems,
    ],
  },
  {
    what: "a participant of values too heavy, of wrong types and of two channels",
    type: Participant,
    args: {
      conversationSid: { [CANARY]: CANARY },
      messagingBinding: { address: `+1415 ${CANARY}`, proxyAddress: `whatsapp:+1415 ${CANARY}` },
      attributes: pulumi.secret(heavy(4096)),
      roleSid: [CANARY],
      lastReadMessageIndex: CANARY,
    },
    problems: [
      ["conversationSid"],
      ["messagingBinding.address", 50407],
      ["messagingBinding.proxyAddress", 50408],
      ["attributes", 50303],
      ["roleSid"],
      ["lastReadMessageIndex"],
    ],
  },
  {
    what: "an address without its proxy, beside attributes that would come back altered",
    type: Participant,
    args: {
      conversationSid: sidOf("CH"),
      messagingBinding: { address: pulumi.secret(`+1415 ${CANARY}`) },
      attributes: `{"${CANARY}":12345678901234567890}`,
    },
    problems: [
      ["messagingBinding.address", 50407],
      ["messagingBinding.proxyAddress", 50412],
      ["attributes", 50304],
    ],
  },
  {
    what: "a conversation of values too long, of wrong forms and of unknown names",
    type: Conversation,
    args: {
      friendlyName: long(257),
      uniqueName: sidOf("CH"),
      attributes: pulumi.secret(heavy(16_384)),
      messagingServiceSid: sidOf("IS"),
      state: CANARY,
      timers: { inactive: `PT30S ${CANARY}`, closed: "PT9M" },
      bindings: { email: { address: long(257), name: "", adress: CANARY } },
      onClosed: CANARY,
      webhookEnabled: CANARY,
      friendly_name: CANARY,
      ...timestamps,
      ...everywhere,
    },
    problems: [
      ["friendlyName", 50003],
      ["uniqueName", 50390],
      ["attributes", 50303],
      ["messagingServiceSid", 50341],
      ["state", 50378],
      ["timers.inactive", 50379],
      ["timers.closed", 50376],
      ["bindings.email.address"],
      ["bindings.email.name"],
      ["bindings.email.adress"],
      ["onClosed"],
      ["webhookEnabled"],
      ["friendly_name"],
      ...everywhereProblems,
    ],
  },
  {
    what: "a role of values too long, of wrong forms and of unknown names",
    type: Role,
    args: {
      friendlyName: long(257),
      type: CANARY,
      permissions: ["", long(65), "sendMessage"],
      permission: [CANARY],
      ...everywhere,
    },
    problems: [
      ["friendlyName", 50003],
      ["type", 50105],
      ["permissions.0", 50104],
      ["permissions.1", 50104],
      ["permission"],
      ...everywhereProblems.slice(2),
    ],
  },
  {
    what: "a role with permissions of the other type and misspelt ones",
    type: Role,
    args: {
      friendlyName: pulumi.secret(CANARY),
      type: "service",
      permissions: [
        "createConversation",
        "sendMessage",
        "jionConversation",
        pulumi.secret("leaveConversation"),
      ],
    },
    problems: [
      ["permissions.1", 50104],
      ["permissions.2", 50104],
      ["permissions.3", 50104],
    ],
  },
  {
    what: "a user of values too long, of wrong forms and of unknown names",
    type: User,
    args: {
      identity: sidOf("US"),
      friendlyName: long(257),
      attributes: { [CANARY]: pulumi.secret("é".repeat(2048)) },
      roleSid: sidOf("MB"),
      role: CANARY,
      ...everywhere,
    },
    problems: [
      ["identity", 50206],
      ["friendlyName", 50003],
      ["attributes", 50303],
      ["roleSid", 50100],
      ["role"],
      ...everywhereProblems.slice(2),
    ],
  },
  {
    what: "a user conversation of wrong forms",
    type: UserConversation,
    args: { userSid: sidOf("MB"), conversationSid: sidOf("US"), notificationLevel: CANARY, adopt: CANARY },
    problems: [["userSid", 50200], ["conversationSid", 50350], ["notificationLevel", 50210], ["adopt"]],
  },
];

const ALL = [...WRONGS, ...WRONG_CHANNELS, ...WRONG_OBJECTS].map((wrong, at) => ({
  ...wrong,
  name: `wrong-${at}`,
}));

describe("wrong inputs, on the real engine", () => {
  const bed = useTestBed(async () => {
    new Participant("right", { conversationSid: "support", identity: "alice" });
    for (const { type, name, args } of ALL) new type(name, args as never);
  });
  let screen: string;

  before(async () => {
    screen = diagnosticsIn(await bed.stack.failing(() => bed.stack.preview()));
  });

  for (const { what, type, name, problems } of ALL)
    it(`are all told of ${what}, each once`, () => {
      const sorted = (found: readonly Problem[]) =>
        found.map(([path, code]) => `${path} ${code ?? ""}`).sort();
      assert.deepEqual(sorted(problemsIn(screen, type.name, name)), sorted(problems));
    });

  it("are told without a value and without a stack, and nothing is sent", () => {
    assert.doesNotMatch(screen, new RegExp(`${CANARY}|${HEX_CANARY}`));
    assert.doesNotMatch(screen, /\n\s+at /);
    assert.doesNotMatch(screen, /'right' has a problem/);
    assert.deepEqual(bed.simulator.requests(), []);
  });
});

/** The problems that the user reads, each of which must end in a hint. */
function problemsIn(text: string, type: string, name: string): Problem[] {
  const prefix = `error: pulumi-nodejs:dynamic/twilio:${type} resource '${name}' has a problem: `;
  const lines = text.split("\n").filter((line) => line.startsWith(prefix));
  return lines.map((line): Problem => {
    const found = /^([\w.]+): [^()]+?(?: \(Twilio error (\d+)\))?\. [A-Z].+[.?]$/.exec(
      line.slice(prefix.length),
    );
    assert.ok(found, line);
    const [, path = "", code] = found;
    return code === undefined ? [path] : [path, Number(code)];
  });
}
