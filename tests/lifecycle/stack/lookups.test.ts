import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  Conversation,
  getConversationOutput,
  getParticipantsOutput,
  getRole,
  getRoleOutput,
  getUserOutput,
  Participant,
} from "../../../provider";
import { diagnosticsIn } from "../../support/diagnostics";
import { useTestBed } from "../../support/stack/test-bed";
import type { TestStack } from "../../support/stack/test-stack";

const CANARY = "canary-1234";

describe("look-ups in a program, on the real engine", () => {
  let program: () => Promise<unknown> = async () => {};
  const bed = useTestBed(async () => void (await program()));
  before(async () => {
    const { url, account } = bed.simulator;
    // An inline program runs in this process; the stack's environment is that of the plugin alone.
    await bed.stack.setConfig("twilio:baseUrl", url);
    await bed.stack.setConfig("twilio:accountSid", account.accountSid);
    await bed.stack.setConfig("twilio:authToken", account.authToken, true);
  });

  it("give what a resource is declared by, in a preview and in up", async () => {
    await bed.account.conversation("eu-support");
    program = async () => {
      const { sid: roleSid } = await getRole({ friendlyName: "channel admin", type: "conversation" });
      const { sid: conversationSid } = getConversationOutput({ uniqueName: "eu-support" });
      new Participant("alice", { conversationSid, identity: "alice", roleSid });
    };
    assert.deepEqual(Object.keys((await bed.stack.preview()).steps), ["alice"]);
    await bed.stack.up();
    const [alice] = bed.simulator.participants("eu-support");
    const role = bed.simulator.roles().find(({ sid }) => sid === alice?.["role_sid"]);
    assert.equal(role?.["friendly_name"], "channel admin");
    assert.deepEqual((await bed.stack.preview()).steps, {});
  });

  it("are unknown in a preview as long as an argument is, and asked in up", async () => {
    const seen: unknown[] = [];
    program = async () => {
      const { id: conversationSid } = new Conversation("desk", { uniqueName: "desk" });
      const bob = new Participant("bob", { conversationSid, identity: "bob" });
      const joined = bob.id.apply(() => conversationSid);
      getParticipantsOutput({ conversationSid: joined }).apply((members) =>
        seen.push(members.map(({ identity }) => identity)),
      );
    };
    const { steps, requests } = await bed.stack.preview();
    assert.deepEqual(Object.keys(steps).sort(), ["alice", "bob", "desk"]);
    assert.deepEqual([seen, requests.filter(({ path }) => path.endsWith("/Participants"))], [[], []]);
    await bed.stack.up();
    assert.deepEqual(seen, [["bob"]]);
  });

  it("of a secret argument are secret themselves", async () => {
    const secrets: boolean[] = [];
    program = async () => {
      const open = getRoleOutput({ friendlyName: "channel user" });
      const closed = getRoleOutput({ friendlyName: pulumi.secret("channel user") });
      for (const found of [open, closed]) secrets.push(await pulumi.isSecret(found));
    };
    await bed.stack.preview();
    assert.deepEqual(secrets, [false, true]);
  });

  const failures: [what: string, program: () => Promise<unknown>, sentence: RegExp][] = [
    [
      "in an awaited look-up",
      () => getRole({ friendlyName: "channel usr" }),
      /getRole: there is no role with friendlyName "channel usr" in account AC\w+, service IS\w+\. Near it: RL\w+ \(friendlyName "channel user"\)\./,
    ],
    [
      "in an output that two resources are given",
      async () => {
        const { sid: conversationSid } = getConversationOutput({ uniqueName: "eu-suport" });
        for (const identity of ["alice", "bob"]) new Participant(identity, { conversationSid, identity });
      },
      /getConversation: there is no conversation with uniqueName "eu-suport" in account AC\w+, service IS\w+\. Near it: CH\w+ \(uniqueName "eu-support"\)\./,
    ],
    [
      "in an output that nobody is given",
      async () => void getRoleOutput({ friendlyName: "" }),
      /getRole: friendlyName: must not be empty \(Twilio error 50000\)\. Give it a value or leave it out\./,
    ],
    [
      "with a secret in it",
      async () => getUserOutput({ identity: pulumi.secret(CANARY) }),
      /getUser: there is no user with identity "\[hidden\]" in account/,
    ],
  ];
  for (const [what, failing, sentence] of failures)
    it(`tell a mistake ${what} in one line, without a stack`, async () => {
      program = failing;
      await assertTold(bed.stack, sentence);
    });

  it("tell wrong and missing credentials in the same way", async () => {
    program = async () => {
      const [roleSid, { sid: conversationSid }] = [
        getRoleOutput({ friendlyName: "channel user" }).sid,
        getConversationOutput({ uniqueName: "eu-support" }),
      ];
      new Participant("alice", { conversationSid, identity: "alice", roleSid });
    };
    await bed.stack.setConfig("twilio:authToken", CANARY, true);
    await assertTold(
      bed.stack,
      /verify the account: GET \/v1\/Configuration answered 401 .* Check that .*twilio:authToken/,
    );
    await bed.stack.setConfig("twilio:authToken", "", true);
    await assertTold(
      bed.stack,
      /The Twilio credentials name the account, but not its secret: TWILIO_AUTH_TOKEN/,
    );
  });
});

/** The sentence stands in each line that says anything; the Automation API repeats the program's error as its own. */
async function assertTold(stack: TestStack, sentence: RegExp): Promise<void> {
  const text = await stack.failing(() => stack.preview());
  assert.doesNotMatch(text, /\n\s+at |unhandled|serializing|LookupError/i);
  assert.doesNotMatch(text, new RegExp(CANARY));
  const errors = diagnosticsIn(text)
    .split("\n")
    .filter((line) => /^\s*error: (?!.*(preview failed|exit code))/.test(line));
  assert.ok(errors.length >= 1 && errors.length <= 2, text);
  for (const line of errors) assert.match(line, sentence);
}
