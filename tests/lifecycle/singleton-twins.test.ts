import assert from "node:assert/strict";
import { Service, ServiceWebhooks } from "../../provider";
import { diagnosticsIn } from "../support/diagnostics";
import { useTestBed } from "../support/test-bed";

describe("two declarations for one service that only up can know", () => {
  let names = ["first", "second"];
  const bed = useTestBed(async () => {
    const { id: serviceSid } = new Service("fresh", { friendlyName: "fresh" });
    for (const name of names) new ServiceWebhooks(name, { serviceSid, filters: ["onMessageAdded"] });
  });

  it("pass a preview, and up refuses the second with what to do", async () => {
    const { stack, simulator } = bed;
    const { steps } = await stack.preview();
    assert.deepEqual(Object.keys(steps).sort(), ["first", "fresh", "second"]);
    const text = diagnosticsIn(await stack.failing(() => stack.up()));
    assert.match(
      text,
      /declared twice: there is one webhook configuration for each serviceSid, .* Declare all/,
    );
    assert.match(text, /webhook configuration IS\w+ is managed by another resource of this program/);
    const posts = simulator
      .requests()
      .filter(({ method, path }) => method === "POST" && /Webhooks$/.test(path));
    assert.equal(posts.length, 1);
  });

  it("leave a stack that works once there is one of them", async () => {
    const { stack } = bed;
    names = names.filter((name) => stack.state()[name] !== undefined);
    assert.equal(names.length, 1);
    await stack.up();
    assert.deepEqual((await stack.preview({ refresh: true })).steps, {});
    await stack.destroy();
  });
});
