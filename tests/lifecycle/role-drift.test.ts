import assert from "node:assert/strict";
import { Participant } from "../../provider";
import { useTestBed } from "../support/stack/test-bed";
import type { Row } from "../support/twilio-account";

describe("A role that the program leaves to Twilio", () => {
  let conversation: Row;
  let lead: Row;
  let interim: Row;
  let declaresRole = true;
  const bed = useTestBed(async () => {
    const member = { conversationSid: conversation.sid };
    new Participant("open", { ...member, identity: "open" });
    new Participant("ignoring", { ...member, identity: "ignoring" }, { ignoreChanges: ["roleSid"] });
    new Participant("remembering", { ...member, identity: "remembering" });
    new Participant("declaring", {
      ...member,
      identity: "declaring",
      ...(declaresRole ? { roleSid: lead.sid } : {}),
    });
  });
  const roleOf = (name: string) =>
    bed.simulator.participants().find(({ identity }) => identity === name)?.["role_sid"];
  const writes = (requests: { method: string; form: unknown }[]) =>
    requests.filter(({ method }) => method !== "GET").map(({ form }) => form);
  let service: string;
  let defaultRole: unknown;

  before(async () => {
    conversation = await bed.account.conversation("desk");
    lead = await bed.account.role("lead");
    interim = await bed.account.role("interim");
    service = `/Services/${bed.simulator.account.defaultServiceSid}/Configuration`;
    await bed.stack.up();
    defaultRole = roleOf("open");
  });

  it("is shown when somebody promotes the member, and put back", async () => {
    for (const { sid, identity } of bed.simulator.participants())
      if (identity === "open" || identity === "ignoring")
        bed.simulator.change(String(sid), { role_sid: lead.sid });
    const { steps, text } = await bed.stack.preview({ refresh: true });
    assert.deepEqual(steps, { open: { op: "update", keys: ["roleSid"] } });
    assert.match(text, new RegExp(`- roleSid: "${lead.sid}"`));
    const { requests } = await bed.stack.up({ refresh: true });
    assert.deepEqual(writes(requests), [{ RoleSid: defaultRole }]);
    assert.equal(roleOf("open"), defaultRole);
    assert.equal(roleOf("ignoring"), lead.sid);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });

  it("becomes the service's default role when the program stops declaring one", async () => {
    declaresRole = false;
    assert.deepEqual((await bed.stack.preview()).steps, { declaring: { op: "update", keys: ["roleSid"] } });
    const { requests } = await bed.stack.up();
    assert.deepEqual(writes(requests), [{ RoleSid: defaultRole }]);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });

  it("becomes the default role when the one that was remembered is gone", async () => {
    await bed.account.post(service, { DefaultConversationRoleSid: interim.sid });
    const old = bed.simulator.participants().find(({ identity }) => identity === "remembering");
    bed.simulator.remove(String(old?.["sid"]));
    await bed.stack.up({ refresh: true });
    assert.equal(roleOf("remembering"), interim.sid);
    await bed.account.post(service, { DefaultConversationRoleSid: String(defaultRole) });
    const remembering = bed.simulator.participants().find(({ identity }) => identity === "remembering");
    bed.simulator.change(String(remembering?.["sid"]), { role_sid: lead.sid });
    bed.simulator.remove(interim.sid);
    const { requests } = await bed.stack.up({ refresh: true });
    assert.deepEqual(writes(requests), [{ RoleSid: interim.sid }, { RoleSid: defaultRole }]);
    assert.equal(roleOf("remembering"), defaultRole);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });
});
