import assert from "node:assert/strict";
import { ServiceConfiguration } from "../../../provider";
import { useTestBed } from "../../support/test-bed";

describe("A setting whose answers are lost for as long as `up` waits", () => {
  let serviceSid = "";
  const bed = useTestBed(async () => {
    new ServiceConfiguration("settings", { serviceSid, reachabilityEnabled: true });
  });
  const isReachable = async () =>
    (await bed.account.get(`/Services/${serviceSid}/Configuration`))["reachability_enabled"];

  it("is in the state all the same, with what was there before, and put back by destroy", async () => {
    const { account, simulator, stack } = bed;
    serviceSid = (await account.service("production")).sid;
    await stack.setConfig("twilio:timeoutSeconds", "2");
    simulator.addFault({ method: "POST", kind: "status", status: 503, when: "after" });
    const failure = await stack.failing(() => stack.up());
    assert.match(failure, /update service configuration: POST \S+ gave up after 2 s/);
    assert.deepEqual(stack.state()["settings"]?.id, serviceSid);
    assert.equal(await isReachable(), true);

    simulator.clearFaults();
    const { steps, requests } = await stack.up();
    assert.deepEqual(Object.keys(steps), ["settings"]);
    assert.deepEqual(
      requests.filter(({ method }) => method === "POST"),
      [],
    );
    assert.deepEqual((await stack.preview({ refresh: true })).steps, {});
    await stack.destroy();
    assert.equal(await isReachable(), false);
  });
});
