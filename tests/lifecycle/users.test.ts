import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Conversation, Participant, User } from "../../provider";
import { useTestBed } from "../support/stack/test-bed";

describe("A user and its participant in one program", () => {
  let pin = "NEW-SECRET";
  let friendlyName = "Alice";
  const bed = useTestBed(async () => {
    const { id: conversationSid } = new Conversation("desk", {});
    const owned = new User("owned", { identity: "owned", friendlyName });
    new Participant("of the owned", { conversationSid, identity: owned.identity });
    new User("lent", { identity: "lent", friendlyName, attributes: { pin: pulumi.secret(pin) } });
  });
  const rowOf = (name: string) => bed.simulator.users().find(({ identity }) => identity === name);
  const stateOf = (name: string) => JSON.stringify(bed.stack.state()[name]);

  it("is the program's own where the participant takes the identity from it", async () => {
    await bed.account.post("/Users", { Identity: "lent", Attributes: '{"pin":"OLD-SECRET"}' });
    const { text } = await bed.stack.up();
    assert.doesNotMatch(text, /SECRET/);
    assert.match(text, /user US\w+ \(identity "[a-z]+"\) was taken over/);
    assert.equal("before" in (bed.stack.state()["owned"]?.outputs ?? {}), false);
  });

  it("keeps what was there before encrypted, also after a refresh", async () => {
    assert.doesNotMatch(stateOf("lent"), /SECRET/);
    assert.match(stateOf("lent"), /"before":\{"4dabf/);
    await bed.stack.refresh();
    assert.doesNotMatch(stateOf("lent"), /SECRET/);
    assert.match(stateOf("lent"), /"before":\{"4dabf/);
  });

  it("is given back with what it had and without what it had not, after updates", async () => {
    for (const newer of ["NEWER-SECRET", "NEWEST-SECRET"]) {
      pin = newer;
      friendlyName += " Doe";
      const { text } = await bed.stack.up({ refresh: true });
      assert.doesNotMatch(text, /SECRET/);
    }
    assert.equal(rowOf("lent")?.["friendly_name"], "Alice Doe Doe");
    const { text } = await bed.stack.destroy();
    assert.doesNotMatch(text, /SECRET/);
    const found = rowOf("lent");
    assert.deepEqual([found?.["friendly_name"], found?.["attributes"]], [null, '{"pin":"OLD-SECRET"}']);
    assert.equal(rowOf("owned"), undefined);
  });
});
