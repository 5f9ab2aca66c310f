import type { Observation, Snapshot } from "../../../../provider/cli/drift/observation";
import type { Report } from "../../../../provider/cli/drift/report/report";
import type { Row } from "../../../../provider/cli/drift/report/row";
import type { JsonObject } from "../../../../provider/core/json";

export const CONVERSATION = "CH00000000000000000000000000000001";

type Inputs = JsonObject | undefined;

/** A participant at three times; left out where it is not there. */
export function participant(
  name: string,
  { was, is, willBe }: { was?: Inputs; is?: Inputs; willBe?: Inputs },
  more: Partial<Observation> & { outputs?: JsonObject; found?: JsonObject } = {},
): Observation {
  const { outputs, found = outputs, ...rest } = more;
  const who = { conversationSid: CONVERSATION, identity: name };
  const at = (inputs: Inputs, seen?: JsonObject): Snapshot | undefined =>
    inputs && { id: `MB${name}`, inputs: { ...who, ...inputs }, outputs: { ...who, ...inputs, ...seen } };
  return {
    urn: `urn:pulumi:test::project::pulumi-nodejs:dynamic/twilio:Participant::${name}`,
    type: "Participant",
    name,
    recorded: at(was, outputs),
    live: at(is, found),
    planned: at(willBe),
    op: "same",
    outside: [],
    program: [],
    ...rest,
  };
}

export function same(name: string, inputs: JsonObject = {}): Observation {
  return participant(name, { was: inputs, is: inputs, willBe: inputs });
}

/** A roster; `sids` are those of its members in state. */
export function roster(times: {
  was?: Record<string, JsonObject>;
  is?: Record<string, JsonObject>;
  willBe?: Record<string, JsonObject>;
  outputs?: JsonObject;
  found?: JsonObject;
}): Observation {
  const at = (members: Record<string, JsonObject> | undefined, outputs: JsonObject = {}) =>
    members && {
      id: CONVERSATION,
      inputs: { conversationSid: CONVERSATION, members },
      outputs: { conversationSid: CONVERSATION, members, ...outputs },
    };
  return {
    urn: "urn:pulumi:test::project::pulumi-nodejs:dynamic/twilio:Roster::crew",
    type: "Roster",
    name: "crew",
    recorded: at(times.was, times.outputs),
    live: at(times.is, times.found ?? times.outputs),
    planned: at(times.willBe),
    op: "update",
    outside: [["members"]],
    program: [["members"]],
  };
}

export function conversation(inputs: JsonObject = { uniqueName: "desk" }): Observation {
  const snapshot = { id: CONVERSATION, inputs, outputs: { ...inputs } };
  return {
    urn: "urn:pulumi:test::project::pulumi-nodejs:dynamic/twilio:Conversation::desk",
    type: "Conversation",
    name: "desk",
    recorded: snapshot,
    live: snapshot,
    planned: snapshot,
    op: "same",
    outside: [],
    program: [],
  };
}

/** What a hostile person can write into a name. */
export const HOSTILE = '\u001b[31m\u202e</script><img src=x onerror=alert(1)>"|`@org/team`';

const BASE = { stack: "test", resource: "Participant ann", conversation: "desk", member: "ann" };

/** One row of each class. */
export const ROWS: Row[] = [
  { ...BASE, class: "role-promotion", field: "roleSid", was: "RL1", is: "RL2", willBe: "RL1" },
  { ...BASE, class: "program-change", field: "attributes.team", was: "a", is: "a", willBe: "b" },
  {
    ...BASE,
    class: "drift-reverted",
    member: HOSTILE,
    field: "attributes.x",
    was: 1,
    is: HOSTILE,
    willBe: 1,
  },
  { ...BASE, class: "drift-kept", member: "eq", field: "attributes.team", was: null, is: "b", willBe: "b" },
  { ...BASE, class: "deleted-outside", member: "gone", field: "", was: true, is: false, willBe: true },
  {
    ...BASE,
    class: "undeclared-member",
    resource: "Conversation desk",
    member: "mallory",
    sid: "MB9",
    roleSid: "RL2",
    field: "",
    was: false,
    is: true,
    willBe: true,
  },
];

export function reportOf(rows: readonly Row[], stacks = ["test"]): Report {
  const members = ["ann", "calm", "eq", "mallory", HOSTILE];
  return {
    madeAt: "2026-05-04T03:02:01.000Z",
    version: "0.0.1",
    stacks: stacks.map((stack) => ({
      stack,
      resources: 7,
      accounts: [`AC${"1".repeat(32)}`],
      conversations: ["room 10", "room 9", "desk"]
        .map((name) => ({ name, members }))
        .slice(stacks.length - 1),
    })),
    rows,
    roles: new Map([
      ["RL1", "agent"],
      ["RL2", "boss"],
    ]),
  };
}
