import { deepEqual, match, rejects } from "node:assert/strict";
import { UNKNOWN } from "../../../../provider/core/engine-transport";
import { dynamicProvider } from "../../../../provider/plugin/dynamic/provider";
import { participant } from "../../../../provider/resources";
import { AC } from "../../../types/sids";

describe("engine: a check that a preview goes on after", () => {
  const provider = dynamicProvider(participant);
  const right = { conversationSid: "support", identity: "alice" };
  const wrong = { ...right, roleSid: "CANARY", role_sid: "CANARY" };
  const check = async (news: Record<string, unknown>) => {
    const { inputs = {}, failures = [] } = (await provider.check?.({}, news)) ?? {};
    return { inputs, failures };
  };
  const config: Record<string, string> = { "twilio:accountSid": AC, "twilio:authToken": "0".repeat(32) };
  before(() => provider.configure?.({ config: { get: (key: string) => config[key] } as never }));

  it("answers what is wrong among the inputs, of which nothing else is known", async () => {
    const { inputs, failures } = await check({ ...wrong, __problems: [] });
    const { __problems: problems, ...others } = inputs;
    deepEqual(failures, []);
    deepEqual(new Set(Object.values(others)), new Set([UNKNOWN]));
    match(String(problems), /^roleSid: is no RL SID.*,role_sid: is not a property/s);
    deepEqual(await provider.diff?.("MB", {}, inputs), { changes: true });
  });

  it("leaves what is right as it is, and fails what does not ask", async () => {
    deepEqual(await check({ ...right, __problems: [] }), { inputs: right, failures: [] });
    deepEqual((await check(wrong)).failures.length, 2);
  });

  it("is never followed by a create or an update, whoever asked", async () => {
    const { inputs } = await check({ ...wrong, __problems: [] });
    const isRefused = ({ message }: Error) => message.includes("nothing was sent");
    await rejects(async () => provider.create(inputs), isRefused);
    await rejects(async () => provider.update?.("MB", {}, inputs), isRefused);
  });
});
