import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { fieldsOf } from "../../../provider/core/definition/define";
import { type FieldEntry, nestedFields } from "../../../provider/core/definition/field";
import { isObject, type Json, type JsonObject } from "../../../provider/core/json";
import { writtenIn } from "../../../provider/core/roster/state";
import { definitions } from "../../../provider/resources";
import { credential } from "../../../provider/resources/account/credential";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { participant } from "../../../provider/resources/conversation/participant";
import { userConversation } from "../../../provider/resources/conversation/user-conversation";
import { serviceConfiguration } from "../../../provider/resources/service/service-configuration";
import type { Fault } from "../../../simulator";
import { RosterLives } from "../../simulated/roster/roster";
import { HeldResource } from "../held-resource";
import { useLife } from "../life";
import { type Row, rowsOf } from "./untold-fields";

/** Ways in which an update is done and its answer lost, until `up` gives up. */
const POST = { method: "POST" } as const;
const LOSSES: Readonly<Record<string, readonly Fault[]>> = {
  "every answer is 503": [{ ...POST, kind: "status", status: 503, when: "after" }],
  "no answer comes": [{ ...POST, kind: "reset", when: "after" }],
  "the first answer is lost, and the next one a refusal": [
    { ...POST, kind: "reset", when: "after", times: 1 },
    { ...POST, kind: "status", status: 400, code: 20001 },
  ],
};

function untoldPaths(entry: FieldEntry, path = entry.name): string[] {
  const members = nestedFields(entry);
  if (members !== undefined)
    return members.flatMap((member) => untoldPaths(member, `${path}.${member.name}`));
  const { change, writeOnly, isDrift } = entry.policy;
  return change === "update" && (writeOnly === true || isDrift !== undefined) ? [path] : [];
}

function withValue(values: JsonObject, path: string, value: Json | undefined): JsonObject {
  const [name = "", ...rest] = path.split(".");
  const { [name]: member, ...others } = values;
  if (rest.length > 0)
    return { ...others, [name]: withValue(isObject(member) ? member : {}, rest.join("."), value) };
  return value === undefined ? others : { ...others, [name]: value };
}

describe("An update of what Twilio never tells, whose answer is lost", () => {
  const life = useLife();
  let conversationSid = "";
  beforeEach(async () => {
    conversationSid = (await life.account.conversation("desk")).sid;
    await life.account.post(`/Conversations/${conversationSid}/Participants`, { Identity: "standing" });
    for (const Body of ["one", "two"])
      await life.account.post(`/Conversations/${conversationSid}/Messages`, { Body });
  });

  it("is of one of the fields below", () => {
    const untold = definitions.flatMap((definition) =>
      fieldsOf(definition).flatMap((entry) => untoldPaths(entry).map((path) => `${definition.type} ${path}`)),
    );
    const rows = rowsOf("").map(({ definition, path }) => `${definition.type} ${path}`);
    deepEqual(rows.sort(), untold.sort());
  });

  /** The program with the field, changed and lost. */
  async function lost({ definition, path, values, rest }: Row, faults: readonly Fault[]) {
    const program = (value: Json | undefined) => withValue(rest, path, value);
    const resource = await HeldResource.create(life, definition, program(values[0]));
    if (definition === participant) await resource.up(program(values[0]));
    for (const fault of faults) life.simulator.addFault(fault);
    const { error } = await resource.up(program(values[1]));
    ok(error !== undefined);
    life.simulator.clearFaults();
    return { resource, program };
  }

  for (const { definition, path, values, parameter, cleared } of rowsOf(""))
    for (const [what, faults] of Object.entries(LOSSES)) {
      const rowHere = () => {
        const found = rowsOf(conversationSid).find(
          (row) => row.definition === definition && row.path === path,
        );
        ok(found);
        return found;
      };
      it(`is sent again: ${definition.type} ${path}, where ${what}`, async () => {
        for (const isRefreshed of [false, true])
          for (const [then, expected] of [
            [values[0], values[0]],
            [values[1], values[1]],
            [undefined, cleared],
          ] as const) {
            const { resource, program } = await lost(rowHere(), faults);
            const row = `${JSON.stringify(then)}${isRefreshed ? ", refreshed" : ""}`;
            if (isRefreshed) await resource.refresh();
            for (const told of [resource.state, resource.recorded])
              if (definition === credential) doesNotMatch(JSON.stringify(told[path] ?? ""), /CANARY-1/, row);
            const { writes, error } = await resource.up(program(then));
            equal(error, undefined, row);
            deepEqual(
              writes.map(({ form }) => form),
              expected === undefined ? [] : [{ [parameter]: String(expected) }],
              row,
            );
            equal(resource.state["unconfirmed"], undefined);
            deepEqual((await resource.up(program(then))).writes, [], row);
            await resource.destroy();
          }
      });
    }

  it("leaves no value in the state, old or new, and keeps that it is open through a refresh", async () => {
    const { resource, program } = await lost(
      rowsOf(conversationSid).at(-1) as Row,
      LOSSES["no answer comes"] ?? [],
    );
    for (const refresh of [() => undefined, () => resource.refresh()]) {
      await refresh();
      doesNotMatch(JSON.stringify(resource.state), /CANARY/);
      deepEqual(resource.state["unconfirmed"], ["secret"]);
    }
    deepEqual(Object.keys(resource.recorded).sort(), ["friendlyName", "type"]);
    const { writes } = await resource.up(program("CANARY-3"));
    deepEqual(
      writes.map(({ form }) => form),
      [{ Secret: "CANARY-3" }],
    );
  });

  it("takes what it sent besides with it", async () => {
    const [fault] = LOSSES["no answer comes"] ?? [];
    const before = { friendlyName: "before", timers: { inactive: "PT12H" } };
    const resource = await HeldResource.create(life, conversation, before);
    life.simulator.addFault(fault as Fault);
    await resource.up({ friendlyName: "after", attributes: { a: 1 }, timers: { inactive: "PT1M" } });
    life.simulator.clearFaults();
    deepEqual(resource.state["unconfirmed"], ["attributes", "friendlyName", "timers.inactive"]);
    const { writes } = await resource.up(before);
    deepEqual(
      writes.map(({ form }) => form),
      [{ FriendlyName: "before", Attributes: "{}", "Timers.Inactive": "PT12H" }],
    );
    await resource.refresh();
    deepEqual((await resource.up(before)).writes, []);
  });

  it("is not taken for open where it closes a conversation, which a refresh shows", async () => {
    const open = { state: "active", timers: { closed: "P30D" } };
    const resource = await HeldResource.create(life, conversation, open);
    for (const fault of LOSSES["no answer comes"] ?? []) life.simulator.addFault(fault);
    await resource.up({ state: "closed", timers: { closed: "PT10M" } });
    life.simulator.clearFaults();
    deepEqual(resource.state["unconfirmed"], ["timers.closed"]);
    await resource.refresh();
    equal(resource.state["state"], "closed");
  });

  it("is recorded for that alone: what a refresh shows is left to it", async () => {
    const resource = await HeldResource.create(life, conversation, { friendlyName: "before" });
    const { state } = resource;
    for (const fault of LOSSES["no answer comes"] ?? []) life.simulator.addFault(fault);
    const { error } = await resource.up({ friendlyName: "after" });
    ok(error instanceof Error && !("state" in error));
    deepEqual(resource.state, state);
  });

  it("is recorded where the program came to declare what it sent, which a refresh would not ask for", async () => {
    const resource = await HeldResource.create(life, conversation, { friendlyName: "desk" });
    for (const fault of LOSSES["no answer comes"] ?? []) life.simulator.addFault(fault);
    await resource.up({ friendlyName: "desk", attributes: { a: 1 } });
    life.simulator.clearFaults();
    deepEqual(resource.state["unconfirmed"], ["attributes"]);
    await resource.refresh();
    const { writes } = await resource.up({ friendlyName: "desk" });
    deepEqual(
      writes.map(({ form }) => form),
      [{ Attributes: "{}" }],
    );
  });

  it("is recorded with the member of a roster that it is of, and with no other", async () => {
    const lives = new RosterLives(life, conversationSid);
    const program = (read: number, role?: string) => ({
      alice: { identity: "alice", lastReadMessageIndex: read },
      bob: { identity: "bob", ...(role !== undefined && { roleSid: role }) },
    });
    const role = String((await life.account.role("lead")).sid);
    const made = await lives.up(program(0));
    const before = { ...made, error: new Error("a second up sends what a create does not take") };
    const route = `/v1/Conversations/*/Participants/${lives.sidOf("alice")}`;
    life.simulator.addFault({ ...POST, route, kind: "status", status: 503, when: "after" });
    const failed = await lives.up(program(1, role), before);
    life.simulator.clearFaults();
    match(failed.error?.message ?? "", /^alice: .*503/);
    const members = writtenIn(failed.state) as Record<string, JsonObject>;
    deepEqual(members["alice"]?.["unconfirmed"], ["lastReadMessageIndex"]);
    deepEqual([members["bob"]?.["unconfirmed"], members["bob"]?.["roleSid"]], [undefined, role]);
    const found = await lives.refresh(failed);
    for (const after of [failed, found]) {
      const { requests, error, state } = await lives.up(program(0, role), after);
      equal(error, undefined);
      deepEqual(
        requests.filter(({ method }) => method === "POST").map(({ form }) => form),
        [{ LastReadMessageIndex: "0" }],
      );
      doesNotMatch(JSON.stringify(state), /unconfirmed/);
    }
  });

  it("is sent again, too, where it was the first setting of what was there already", async () => {
    const program = (read: number) => ({ conversationSid, userSid: "standing", lastReadMessageIndex: read });
    for (const fault of LOSSES["no answer comes"] ?? []) life.simulator.addFault(fault);
    const resource = await HeldResource.create(life, userConversation, program(1));
    life.simulator.clearFaults();
    // The request that the deadline has cut off may arrive late on a busy machine: it is none of the next run's.
    await setTimeout(300);
    deepEqual([resource.state["unsettled"], resource.state["unconfirmed"]], [true, ["lastReadMessageIndex"]]);
    const { writes, error } = await resource.up(program(1));
    equal(error, undefined);
    deepEqual(
      writes.map(({ form }) => form),
      [{ LastReadMessageIndex: "1" }],
    );
    deepEqual((await resource.up(program(1))).writes, []);
  });

  it("is recorded with what it was to overwrite, which is put back", async () => {
    const { sid: serviceSid } = await life.account.service("production");
    const path = `/Services/${serviceSid}/Configuration`;
    const resource = await HeldResource.create(life, serviceConfiguration, { serviceSid });
    for (const fault of LOSSES["no answer comes"] ?? []) life.simulator.addFault(fault);
    const { error } = await resource.up({ serviceSid, reachabilityEnabled: true });
    ok(error !== undefined);
    life.simulator.clearFaults();
    deepEqual(resource.state["before"], { reachabilityEnabled: false });
    equal((await life.account.get(path))["reachability_enabled"], true);
    const { writes } = await resource.up({ serviceSid });
    deepEqual(
      writes.map(({ form }) => form),
      [{ ReachabilityEnabled: "false" }],
    );
    equal((await life.account.get(path))["reachability_enabled"], false);
  });
});
