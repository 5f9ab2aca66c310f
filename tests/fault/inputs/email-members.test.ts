import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { programText } from "../../../provider/cli/import/program";
import { readProgram } from "../../../provider/cli/import/read-program";
import { prepare } from "../../../provider/cli/try/call";
import { rehearse } from "../../../provider/cli/try/rehearsal";
import { validate } from "../../../provider/core/definition/validate";
import type { JsonObject } from "../../../provider/core/json";
import { describeProblem } from "../../../provider/core/problem";
import { checkMembers } from "../../../provider/core/roster/check";
import { Session } from "../../../provider/core/run/session";
import { definitions, participant, roster } from "../../../provider/resources";
import { RosterLives } from "../../simulated/roster/roster";
import { CH } from "../../types/sids";
import { membersOf, problemsOf } from "../../unit/members-file/member-file";
import { HeldResource } from "../held-resource";
import { useLife } from "../life";

const JANE = "jane@example.com";
const jane = { messagingBinding: { address: JANE } };
const withProxy = { messagingBinding: { address: JANE, proxyAddress: "+14155550100" } };

describe("members by e-mail", () => {
  const life = useLife();

  it("are complete with their address, made and unmade as others are", async () => {
    const conversationSid = (await life.account.conversation("mail")).sid;
    const member = await HeldResource.create(life, participant, { conversationSid, ...jane });
    deepEqual(
      life.simulator.participants().map((row) => row["messaging_binding"]),
      [{ type: "email", address: JANE }],
    );
    deepEqual((await member.up({ conversationSid, ...jane })).writes, []);
    const found = await life.run(participant).lifecycle.read(member.sid, member.state);
    deepEqual(found?.inputs?.["messagingBinding"], { address: JANE });
  });

  it("stand in a roster beside others, and count as no group MMS", async () => {
    const lives = new RosterLives(life, (await life.account.conversation("mail")).sid);
    const many = Array.from(
      { length: 12 },
      (_, at) => [`m${at}`, { messagingBinding: { address: `m${at}@example.com` } }] as const,
    );
    const made = await lives.up({ ...Object.fromEntries(many), alice: { identity: "alice" } });
    equal(life.simulator.participants().length, 13);
    deepEqual((await lives.refresh(made))?.notes, []);
  });

  it("are complete in files and in try", async () => {
    const labelled = { [JANE]: jane };
    deepEqual(membersOf(".csv", `address\n${JANE}`), labelled);
    deepEqual(membersOf(".json", JSON.stringify([jane])), labelled);
    const call = prepare(participant, "create", { conversationSid: "support", ...jane });
    equal(
      "problems" in call ? JSON.stringify(call.problems) : (await rehearse(call, definitions)).status,
      201,
    );
  });

  it("may say groupMms, which some programs had to", () =>
    deepEqual(validate(participant, {}, { conversationSid: CH, ...jane, groupMms: true }).problems, []));

  it("are refused with a proxy address everywhere, with the code that Twilio has for it", async () => {
    const ways = [
      validate(participant, {}, { conversationSid: CH, ...withProxy }).problems.map(describeProblem),
      checkMembers(roster, {}, {
        conversationSid: CH,
        members: { jane: withProxy },
      } as JsonObject).problems.map(describeProblem),
      problemsOf(".csv", `address,proxyAddress\n${JANE},+14155550100`),
      problemsOf(".json", JSON.stringify([withProxy])),
    ];
    for (const told of ways) {
      equal(told.length, 1);
      match(
        told.join(),
        /proxyAddress: is not possible beside an e-mail address \(Twilio error 50453\)\. Remove it/,
      );
    }
  });

  it("of other channels than SMS have a proxy address, group MMS or not", () => {
    for (const address of ["whatsapp:+14155550123", "messenger:1", "rcs:a"]) {
      const { problems } = validate(
        participant,
        {},
        { conversationSid: CH, messagingBinding: { address }, groupMms: true },
      );
      deepEqual(
        problems.map(({ twilioCode, hint = "" }) => [twilioCode, /groupMms/.test(hint)]),
        [[50412, false]],
      );
    }
  });

  for (const membersAs of ["participants", "roster"] as const)
    it(`are imported as they are declared, as ${membersAs}`, async () => {
      const { sid } = await life.account.conversation("mail");
      await life.account.post(`/Conversations/${sid}/Participants`, { "MessagingBinding.Address": JANE });
      const session = new Session(
        life.simulator.env,
        () => undefined,
        () => {},
        life.clock,
      );
      const extent = { serviceSid: undefined, conversations: [], userConversations: false };
      const { generated, notes } = await readProgram(session, { extent, membersAs, onRead: () => {} });
      const ofMembers = notes.filter((note) => /member|participant|groupMms/i.test(note));
      deepEqual(ofMembers, []);
      const text = programText(generated.program);
      match(text, /address: "jane@example\.com"/);
      doesNotMatch(text, /groupMms/);
    });
});
