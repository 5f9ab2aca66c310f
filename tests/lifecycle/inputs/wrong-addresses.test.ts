import assert from "node:assert/strict";
import { StandingConversation, type StandingConversationArgs } from "../../../provider";
import { NO_LONG_CODES, WRONG_IDENTITIES, WRONG_NUMBERS } from "../../fault/inputs/wrong-addresses";
import { useTestBed } from "../../support/stack/test-bed";

type Members = NonNullable<StandingConversationArgs["members"]>;

const proxyAddress = "+14155550100";

/** Each wrong value as a member of its own, with Twilio's code. A roster tells 25 problems. */
const WRONG: readonly (readonly [member: Members[string], code: number | undefined])[] = [
  ...WRONG_NUMBERS.slice(0, 8).map(
    ([address]) => [{ messagingBinding: { address, proxyAddress } }, 50407] as const,
  ),
  ...WRONG_NUMBERS.slice(8, 16).map(
    ([sender]) => [{ messagingBinding: { address: proxyAddress, proxyAddress: sender } }, 50408] as const,
  ),
  ...NO_LONG_CODES.map(
    ([projectedAddress], at) =>
      [{ identity: `alice-${at}`, messagingBinding: { projectedAddress } }, 50407] as const,
  ),
  ...WRONG_IDENTITIES.slice(0, 6).map(([identity, , code]) => [{ identity }, code] as const),
];

describe("wrong addresses and identities of a StandingConversation, on the real engine", () => {
  let args: StandingConversationArgs = {};
  const bed = useTestBed(async () => void new StandingConversation("desk", { protect: false, ...args }));

  const refused = async () => {
    const text = await bed.stack.failing(() => bed.stack.preview());
    assert.deepEqual(bed.simulator.requests(), []);
    const lines = text.split("\n").filter((line) => line.includes("has a problem: "));
    return [...new Set(lines.map((line) => line.slice(line.indexOf("problem: ") + 9)))];
  };

  it("are all refused of its roster, without a value or a request", async () => {
    const members = Object.fromEntries(WRONG.map(([member], at) => [`m${at}`, member]));
    args = { roster: { members } };
    const told = await refused();
    const codeOf = (line: string) => Number(/\(Twilio error (\d+)\)/.exec(line)?.[1]) || undefined;
    const found = told.map((line) => [/^members\.(m\d+)\./.exec(line)?.[1], codeOf(line)]);
    assert.deepEqual(found.sort(), WRONG.map(([, code], at) => [`m${at}`, code]).sort());
  });

  it("are refused of its members", async () => {
    args = { members: { wrong: { messagingBinding: { address: "14155550199", proxyAddress } } } };
    const told = await refused();
    assert.equal(told.length, 1);
    assert.match(told.join(), /^messagingBinding\.address: begins without \+ \(Twilio error 50407\)/);
    assert.doesNotMatch(told.join(), /14155550199/);
  });

  it("leave an e-mail member alone, which is made and stays", async () => {
    args = {
      members: { jane: { messagingBinding: { address: "jane@example.com" } } },
      roster: { members: { bob: { messagingBinding: { address: "bob@example.com" } } } },
    };
    await bed.stack.up();
    assert.equal(bed.simulator.participants().length, 2);
    bed.simulator.clearRequests();
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });
});
