import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Service, ServiceWebhooks } from "../../provider";
import { diagnosticsIn } from "../support/diagnostics";
import { useTestBed } from "../support/test-bed";

describe("two declarations for one service that is yet to be created", () => {
  let names = ["first", "second"];
  let isHidden = false;
  const bed = useTestBed(async () => {
    const { id } = new Service("fresh", { friendlyName: "fresh" });
    // Another output of the same value, which nobody knows before the service is there.
    const ids: Record<string, typeof id> = { second: isHidden ? pulumi.interpolate`${id}` : id };
    for (const name of names)
      new ServiceWebhooks(name, { serviceSid: ids[name] ?? id, filters: ["onMessageAdded"] });
  });

  it("are refused at preview where both take its id", async () => {
    const text = diagnosticsIn(await bed.stack.failing(() => bed.stack.preview()));
    assert.match(text, /declared twice: there is one webhook configuration for each serviceSid/);
  });

  it("pass a preview where the program hides it, and up refuses the second with what to do", async () => {
    isHidden = true;
    const { stack, simulator } = bed;
    const { steps } = await stack.preview();
    assert.deepEqual(Object.keys(steps).sort(), ["first", "fresh", "second"]);
    const text = diagnosticsIn(await stack.failing(() => stack.up()));
    // The program hears of it, or the create of the second: whichever comes first stops the other.
    assert.match(
      text,
      /declared twice: (there is one webhook configuration for each serviceSid, .* Declare all|webhook configuration IS\w+ is managed)/,
    );
    const posts = simulator
      .requests()
      .filter(({ method, path }) => method === "POST" && /Webhooks$/.test(path));
    assert.ok(posts.length <= 1, `${posts.length} times`);
  });

  it("leave a stack that works once there is one of them", async () => {
    const { stack } = bed;
    const held = names.filter((name) => stack.state()[name] !== undefined);
    assert.ok(held.length <= 1, held.join());
    names = held.length === 0 ? ["first"] : held;
    await stack.up();
    assert.deepEqual((await stack.preview({ refresh: true })).steps, {});
    await stack.destroy();
  });
});
