import { deepEqual, match } from "node:assert/strict";
import { validate } from "../../../provider/core/definition/validate";
import type { JsonObject } from "../../../provider/core/json";
import { addressConfiguration, participant, user } from "../../../provider/resources";
import { RosterLives } from "../../simulated/roster/roster";
import { CH } from "../../types/sids";
import { useLife } from "../life";

/** Nobody sees what it holds, and of Twilio no rule against it is known. */
const ODD = "ali\u200bce";

describe("what Twilio has taken before there was a rule", () => {
  const life = useLife({ switches: { unseenInIdentities: "accept" } });

  it("stays as it is as a user, and is refused where it is new", async () => {
    const inputs = { identity: ODD };
    await life.run(user).lifecycle.create(inputs);
    const program = { identity: ODD, friendlyName: "Alice" };
    const again = life.run(user).lifecycle.check(inputs, program);
    deepEqual(again.failures, []);
    match(
      life.run(user).lifecycle.check({}, program).failures.join(),
      /^identity: holds an invisible character/,
    );
    match(
      life
        .run(user)
        .lifecycle.check(inputs, { identity: `${ODD}2` })
        .failures.join(),
      /^identity: holds an invisible character/,
    );
  });

  it("stays as it is as a participant, which refreshes and changes in place", async () => {
    const conversationSid = (await life.account.conversation("old")).sid;
    const inputs = { conversationSid, identity: ODD };
    const { sid, state } = await life.run(participant).lifecycle.create(inputs);
    const found = await life.run(participant).lifecycle.read(sid, state);
    deepEqual(found?.inputs, inputs);
    const { lifecycle } = life.run(participant);
    const changed = lifecycle.check(inputs, { ...inputs, attributes: { team: "a" } });
    deepEqual(changed.failures, []);
    await lifecycle.update(sid, state, changed.inputs);
    deepEqual(
      life.simulator.participants().map((row) => row["attributes"]),
      ['{"team":"a"}'],
    );
  });

  it("stays as it is as a member of a roster", async () => {
    const lives = new RosterLives(life, (await life.account.conversation("old")).sid);
    await life.account.post(`/Conversations/${lives.conversationSid}/Participants`, { Identity: ODD });
    const { roster } = life.run();
    const olds = { conversationSid: lives.conversationSid, members: { odd: { identity: ODD } } };
    const same = roster.check(olds, { ...olds, members: { odd: { identity: ODD, attributes: { a: 1 } } } });
    deepEqual(same.failures, []);
    match(roster.check({}, olds).failures.join(), /^members\.odd\.identity: holds an invisible character/);
  });

  const STORED: readonly JsonObject[] = [
    { address: "14155550123", proxyAddress: "+14155550100" },
    { address: "+14155550123", proxyAddress: "14155550100" },
    { projectedAddress: "+4915112345678" },
    { address: "+4915112345678" },
  ];
  for (const messagingBinding of STORED)
    it(`has the binding that it has: ${JSON.stringify(messagingBinding)}`, () => {
      const inputs = { conversationSid: CH, messagingBinding, groupMms: true };
      deepEqual(validate(participant, inputs, { ...inputs, attributes: { a: 1 } }).problems, []);
      const other = { ...inputs, messagingBinding: { ...messagingBinding, proxyAddress: "14155550199" } };
      deepEqual(
        validate(participant, inputs, other).problems.some(({ twilioCode }) => twilioCode === 50408),
        true,
      );
    });

  it("is the address of a configuration, until its type is another", () => {
    const inputs = { type: "sms", address: "14155550100" };
    deepEqual(validate(addressConfiguration, inputs, { ...inputs, friendlyName: "a" }).problems, []);
    deepEqual(validate(addressConfiguration, inputs, { ...inputs, type: "SMS" }).problems, []);
    const { problems } = validate(addressConfiguration, inputs, { ...inputs, type: "whatsapp" });
    deepEqual(
      problems.map(({ path }) => path),
      ["address"],
    );
  });

  it("is nothing that a program could not have: what is not of its type stays refused", () => {
    const inputs: JsonObject = { conversationSid: CH, identity: 3 };
    deepEqual(
      validate(participant, inputs, inputs).problems.map(({ path }) => path),
      ["identity"],
    );
  });
});
