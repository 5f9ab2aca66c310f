import assert from "node:assert/strict";
import { Conversation, Role, Service } from "../../provider";
import { useTestBed } from "../support/stack/test-bed";

describe("A service that is renamed", () => {
  let friendlyName = "staging";
  const bed = useTestBed(async () => {
    const service = new Service("staging", { friendlyName });
    const place = { serviceSid: service.id };
    new Conversation("desk", { uniqueName: "desk", ...place });
    new Role("agent", {
      friendlyName: "agent",
      type: "conversation",
      permissions: ["sendMessage"],
      ...place,
    });
  });
  const named = (name: string) =>
    bed.simulator.services().filter(({ friendly_name }) => friendly_name === name).length;

  it("is replaced with all that the program has in it, and the preview says that everything else is lost", async () => {
    await bed.stack.up();
    const before = bed.stack.state();
    friendlyName = "development";
    const expected = { staging: "replace", desk: "replace", agent: "replace" };
    for (const operation of ["preview", "up"] as const) {
      const { steps, text } = await bed.stack[operation]();
      const ops = Object.fromEntries(Object.entries(steps).map(([name, { op }]) => [name, op]));
      assert.deepEqual(ops, expected, operation);
      assert.match(text, /service IS\w+: It will be replaced, and everything in it is lost/, operation);
    }
    const after = bed.stack.state();
    for (const name of Object.keys(expected)) assert.notEqual(after[name]?.id, before[name]?.id, name);
    assert.deepEqual([named("staging"), named("development")], [0, 1]);
    assert.equal(after["desk"]?.outputs["chatServiceSid"], after["staging"]?.id);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });
});
