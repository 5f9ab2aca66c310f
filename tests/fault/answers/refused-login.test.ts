import assert from "node:assert/strict";
import { role } from "../../../provider/resources/service/role";
import type { Fault } from "../../../simulator";
import { type Run, useLife } from "../life";

const STALE = /--run-program/;
const permissions = ["sendMessage"];
const agent = { friendlyName: "agent", type: "conversation", permissions };

describe("An answer that refuses the login", () => {
  const life = useLife();
  const account = () => life.simulator.account;
  const none = { TWILIO_ACCOUNT_SID: "", TWILIO_AUTH_TOKEN: "" };
  const keyed = () => ({
    TWILIO_AUTH_TOKEN: "",
    TWILIO_API_KEY: account().apiKey,
    TWILIO_API_SECRET: account().apiSecret,
  });

  interface Source {
    readonly what: string;
    readonly run: () => Run;
    readonly names: readonly string[];
    readonly isKey?: true;
    readonly inputs?: object;
  }
  const sources: Source[] = [
    {
      what: "the token of the environment",
      run: () => life.run(role),
      names: ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"],
    },
    {
      what: "the API key of the environment",
      run: () => life.run(role, {}, keyed()),
      names: ["TWILIO_ACCOUNT_SID", "TWILIO_API_KEY", "TWILIO_API_SECRET"],
      isKey: true,
    },
    {
      what: "the token of the config",
      run: () => life.run(role, { accountSid: account().accountSid, authToken: account().authToken }, none),
      names: ["twilio:accountSid", "twilio:authToken"],
    },
    {
      what: "the API key of a named account in the config",
      run: () => {
        const { accountSid, apiKey, apiSecret } = account();
        return life.run(
          role,
          { accounts: JSON.stringify({ emea: { accountSid, apiKey, apiSecret } }) },
          none,
        );
      },
      names: ["accountSid", "apiKey", "apiSecret"].map((kind) => `twilio:accounts.emea.${kind}`),
      isKey: true,
      inputs: { account: "emea" },
    },
  ];
  const answers: Fault[] = [
    { kind: "status", status: 401, code: 20003 },
    { kind: "status", status: 401, code: 70051 },
    { kind: "status", status: 401, code: 20004 },
    { kind: "status", status: 403, code: 20003 },
    { kind: "status", status: 403, code: 20403 },
    { kind: "status", status: 403, code: 70051 },
    { kind: "status", status: 403, code: 70002 },
    { kind: "status", status: 403, code: 50107 },
  ];
  for (const { what, run, names, isKey, inputs } of sources)
    for (const answer of answers)
      it(`${answer.status} with ${answer.code} names ${what}, and shows nothing of it`, async () => {
        life.simulator.addFault(answer);
        const message = await refusal(run(), inputs);
        for (const name of names) assert.ok(message.includes(name), `${name}: ${message}`);
        for (const other of ["TWILIO_AUTH_TOKEN", "TWILIO_API_KEY", "twilio:authToken", "twilio:apiKey"])
          assert.equal(message.includes(other), names.includes(other), `${other}: ${message}`);
        const { authToken, apiKey, apiSecret } = account();
        for (const secret of [authToken, apiKey, apiSecret]) assert.ok(!message.includes(secret), message);
        assert.equal(/restricted API key/.test(message), isKey === true && isForbidden(answer), message);
        const isByLogin = answer.status === 401 || answer.code === 20003;
        const isOfConfig = names[0]?.startsWith("twilio:") === true;
        assert.equal(STALE.test(message), isOfConfig && (isByLogin || answer.code === 70051), message);
      });

  const isForbidden = ({ status, code }: Fault) => code === 70051 || (status === 403 && code !== 20003);

  async function refusal(run: Run, inputs: object = {}): Promise<string> {
    try {
      await run.lifecycle.create(run.lifecycle.check({}, { ...agent, ...inputs }).inputs);
    } catch (error) {
      return run.explain(error);
    }
    throw new Error("not refused");
  }

  it("is no answer that is about a limit: that says what helps, and no credentials", async () => {
    life.simulator.addFault({ kind: "status", status: 403, code: 50417, method: "POST" });
    const message = await refusal(life.run(role));
    assert.match(message, /The conversation is full/);
    assert.doesNotMatch(message, /TWILIO_/);
  });

  it("leaves a restricted key what it may do, and asks for the account once", async () => {
    life.simulator.addFault({ kind: "status", status: 403, code: 70051, route: "/v1/Configuration" });
    life.simulator.clearRequests();
    const run = life.run(role, {}, keyed());
    const messages = [];
    for (const name of ["a", "b", "c"]) messages.push(await refusal(run, { friendlyName: name }));
    assert.match(messages[0] ?? "", /TWILIO_API_KEY is a restricted API key.*docs\/credentials\.md/);
    assert.match(
      messages[2] ?? "",
      /^verify the account: .* failed for the reason that another resource of this run reports\./,
    );
    assert.equal(life.simulator.requests().length, 1);
  });
});
