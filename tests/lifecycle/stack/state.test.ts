import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Conversation, Participant, Role } from "../../../provider";
import { startSimulator } from "../../../simulator";
import { type TestBed, useTestBed } from "../../support/stack/test-bed";
import { type Outcome, TestStack } from "../../support/stack/test-stack";

const CREDENTIAL = "canary-auth-token-7f3a";
const GUEST_PIN = "canary-pin-9c1e";
const COUNT = 250;
const PAGE_SIZE = 100;

interface ExportedRow {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly sourcePosition?: string;
}

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

async function exported(stack: TestStack): Promise<{ text: string; rows: ExportedRow[] }> {
  const text = await stack.run("stack", "export");
  const { deployment } = JSON.parse(text) as { deployment: { resources: ExportedRow[] } };
  return { text, rows: deployment.resources };
}

describe("the state of a support desk", () => {
  const bed = {} as TestBed;
  before(async () => {
    bed.simulator = await startSimulator({ account: { authToken: CREDENTIAL } });
    bed.stack = await TestStack.create(bed.simulator, async () => {
      // Where its lines are.
      process.setSourceMapsEnabled(true);
      const roles = ["agent", "lead"].map(
        (name) =>
          new Role(name, {
            friendlyName: `support ${name}`,
            type: "conversation",
            permissions: ["sendMessage", "editOwnMessage", "leaveConversation"],
          }),
      );
      const { id: conversationSid } = new Conversation("eu-support", {
        friendlyName: "EU support",
        uniqueName: "eu-support",
        attributes: { region: "eu" },
      });
      for (const identity of ["alice", "bob", "carol"])
        new Participant(identity, {
          conversationSid,
          identity,
          roleSid: roles[identity === "carol" ? 1 : 0]?.id,
          attributes: { team: "support", languages: ["de", "en"] },
        });
      new Participant("customer", {
        conversationSid,
        messagingBinding: { address: "+15005550006", proxyAddress: "+15005550001" },
        attributes: { tier: "gold" },
      });
      new Participant("guest", {
        conversationSid,
        identity: "dave",
        attributes: pulumi.secret({ pin: GUEST_PIN }),
      });
    });
    await bed.stack.setConfig("twilio:accountSid", bed.simulator.account.accountSid);
    await bed.stack.setConfig("twilio:authToken", CREDENTIAL, true);
    await bed.stack.up();
  });
  after(async () => {
    bed.stack?.remove();
    await bed.simulator?.close();
  });

  it("holds no credential and no secret attribute, as it is exported", async () => {
    const { text, rows } = await exported(bed.stack);
    assert.equal(rows.filter(({ type }) => type.includes("dynamic/twilio")).length, 8);
    const basic = Buffer.from(`${bed.simulator.account.accountSid}:${CREDENTIAL}`).toString("base64");
    for (const secret of [CREDENTIAL, basic, GUEST_PIN]) assert.equal(text.includes(secret), false);
  });

  it("says of each resource which line of the program declares it", async () => {
    const { rows } = await exported(bed.stack);
    const positions = rows.filter(({ type }) => type.includes("dynamic/twilio"));
    assert.equal(positions.length, 8);
    for (const { urn, sourcePosition } of positions)
      assert.match(sourcePosition ?? "", /\/tests\/lifecycle\/stack\/state\.test\.ts#\d+,\d+$/, urn);
  });

  it("takes at most 2,400 bytes for a participant, of which inputs and outputs at most 950", async () => {
    const { rows } = await exported(bed.stack);
    // What is secret takes more: the engine stores it encrypted.
    const participants = rows.filter(
      ({ type, urn }) => type.endsWith(":Participant") && !urn.endsWith("::guest"),
    );
    assert.equal(participants.length, 4);
    for (const row of participants) {
      const { inputs, outputs } = row;
      assert.ok(bytesOf(row) <= 2400, `${row.urn}: ${bytesOf(row)}`);
      assert.ok(
        bytesOf(inputs) + bytesOf(outputs) <= 950,
        `${row.urn}: ${bytesOf(inputs) + bytesOf(outputs)}`,
      );
    }
  });

  it("names the code of each type in the same few bytes for ever", () => {
    for (const { type, inputs, outputs } of Object.values(bed.stack.state())) {
      const name = type.slice(type.lastIndexOf(":") + 1);
      const expected = `exports.handler=()=>require("pulumi-twilio-conversations/provider").${name}`;
      assert.deepEqual([inputs["__provider"], outputs["__provider"]], [expected, expected]);
      assert.ok(Buffer.byteLength(expected) < 128);
    }
  });
});

describe(`${COUNT} participants of one conversation`, () => {
  let changed: Record<string, string> = {};
  const bed = useTestBed(async () => {
    const { id: conversationSid } = new Conversation("support", { uniqueName: "support" });
    for (let index = 0; index < COUNT; index++)
      new Participant(`member-${index}`, {
        conversationSid,
        identity: `member-${index}`,
        attributes: { team: changed[`member-${index}`] ?? "support" },
      });
  });
  const countsOf = ({ requests }: Outcome) => {
    const counts: Record<string, number> = {};
    for (const { method, path } of requests) {
      const key = `${method} ${path.replace(/(CH|MB)[0-9a-f]{32}/g, "$1")}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  };
  before(() => bed.stack.run("config", "set", "twilio:writesPerSecond", "0"));

  it("cost nothing to preview and one POST each to create", async () => {
    assert.deepEqual((await bed.stack.preview()).requests, []);
    assert.deepEqual(countsOf(await bed.stack.up()), {
      "GET /v1/Configuration": 1,
      "POST /v1/Conversations": 1,
      "POST /v1/Conversations/CH/Participants": COUNT,
    });
  });

  it("cost nothing to preview again, and a page each hundred to refresh", async () => {
    const preview = await bed.stack.preview();
    assert.deepEqual([preview.steps, preview.requests], [{}, []]);
    const refresh = await bed.stack.refresh();
    assert.deepEqual(countsOf(refresh), {
      "GET /v1/Conversations": 1,
      "GET /v1/Conversations/CH/Participants": Math.ceil(COUNT / PAGE_SIZE),
    });
    for (const { path, query } of refresh.requests)
      if (path.endsWith("/Participants")) assert.equal(query["PageSize"], String(PAGE_SIZE));
  });

  it("cost one POST of the one field that changed in one of them", async () => {
    changed = { "member-7": "sales" };
    const outcome = await bed.stack.up();
    const { "GET /v1/Configuration": verifications = 0, ...others } = countsOf(outcome);
    assert.ok(verifications <= 1);
    assert.deepEqual(others, { "POST /v1/Conversations/CH/Participants/MB": 1 });
    const [update] = outcome.requests.filter(({ method }) => method === "POST");
    assert.deepEqual(update?.form, { Attributes: '{"team":"sales"}' });
    assert.deepEqual(outcome.steps["member-7"], { op: "update", keys: ["attributes.team"] });
  });
});
