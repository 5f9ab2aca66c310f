import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { Conversation, Participant, Role } from "../../../provider";
import { countOf, diagnosticsIn } from "../../support/diagnostics";
import { useTestBed } from "../../support/stack/test-bed";

const CANARY = "canary-token-7f3a";
const OTHER_SID = `AC${"2".repeat(32)}`;
const NOTHING = { TWILIO_ACCOUNT_SID: "", TWILIO_AUTH_TOKEN: "", TWILIO_API_KEY: "", TWILIO_API_SECRET: "" };

interface Wrong {
  readonly what: string;
  readonly environment: Record<string, string>;
  /** What the user reads, once in full. */
  readonly sentence: RegExp;
  /** Whether it is seen before Twilio is asked. */
  readonly inPreview: boolean;
}

describe("credentials that are wrong", () => {
  const bed = useTestBed(async () => {
    for (const name of ["one", "two", "three"]) new Conversation(name, { uniqueName: name });
    for (const name of ["agent", "lead"])
      new Role(name, { friendlyName: name, type: "conversation", permissions: ["sendMessage"] });
  });
  let known: Record<string, string>;
  const NOTHING = {
    TWILIO_ACCOUNT_SID: "",
    TWILIO_AUTH_TOKEN: "",
    TWILIO_API_KEY: "",
    TWILIO_API_SECRET: "",
  };
  before(async () => {
    await bed.stack.setConfig("twilio:timeoutSeconds", "3");
    await bed.stack.up();
    known = { ...NOTHING, TWILIO_REGION: "", ...bed.stack.environment };
  });
  afterEach(() => {
    Object.assign(bed.stack.environment, known);
  });

  const wrongs: Wrong[] = [
    {
      what: "a wrong token",
      environment: { TWILIO_AUTH_TOKEN: CANARY },
      sentence:
        /answered 401 \(Twilio error 20003: Authenticate\)\. Check that TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN belong together and to region us1/g,
      inPreview: false,
    },
    {
      what: "no credentials",
      environment: NOTHING,
      sentence:
        /No Twilio credentials: looked for TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN, or TWILIO_API_KEY with TWILIO_API_SECRET in the environment, and for twilio:accountSid [^\n]+ with --run-program they have today/g,
      inPreview: false,
    },
    {
      what: "a token with a line break",
      environment: { TWILIO_AUTH_TOKEN: `${CANARY}\n` },
      sentence: /TWILIO_AUTH_TOKEN ends with a line break, which is no part of it\. Set it again without\./g,
      inPreview: true,
    },
    {
      what: "an API key that is none",
      environment: { TWILIO_API_KEY: CANARY, TWILIO_API_SECRET: CANARY },
      sentence: /TWILIO_API_KEY is not the SID of an API key\. Give SK followed by 32 hexadecimal digits\./g,
      inPreview: true,
    },
    {
      what: "half an API key",
      environment: { TWILIO_API_KEY: "", TWILIO_API_SECRET: CANARY },
      sentence: /TWILIO_API_SECRET is set, but TWILIO_API_KEY is not\. Set both, or neither\./g,
      inPreview: true,
    },
    {
      what: "plain http to a host that is not loopback",
      environment: { TWILIO_CONVERSATIONS_URL: "http://example.com" },
      sentence:
        /TWILIO_CONVERSATIONS_URL names http:\/\/example\.com, which would carry credentials in clear\. Use https/g,
      inPreview: true,
    },
    {
      what: "a URL that is none",
      environment: { TWILIO_CONVERSATIONS_URL: `http//${CANARY}` },
      sentence:
        /TWILIO_CONVERSATIONS_URL is not a URL\. Give an origin such as http:\/\/127\.0\.0\.1:4010\./g,
      inPreview: true,
    },
  ];
  for (const { what, environment, sentence, inPreview } of wrongs)
    it(`${what}: refresh${inPreview ? " and preview" : ""} says so in full once, without a stack or a secret`, async () => {
      const { stack, simulator } = bed;
      const state = Object.keys(stack.state());
      Object.assign(stack.environment, environment);
      for (const operation of inPreview ? (["refresh", "preview"] as const) : (["refresh"] as const)) {
        const text = await stack.failing(() => stack[operation]());
        assertOnce(text, sentence);
        assert.equal(
          simulator.requests().some(({ status }) => status !== 401),
          false,
        );
      }
      assert.deepEqual(Object.keys(stack.state()).sort(), state.sort());
    });
});

describe("credentials and where they come from", () => {
  let account: string | undefined;
  const bed = useTestBed(async () => {
    const { id: conversationSid } = new Conversation("support", { uniqueName: "support", account });
    for (const identity of ["alice", "bob"])
      new Participant(identity, { conversationSid, identity, account });
  });
  const config = (key: string, value: string, secret = false) =>
    bed.stack.setConfig(`twilio:${key}`, value, secret);
  const sids = () =>
    Object.fromEntries(Object.entries(bed.stack.state()).map(([name, { id }]) => [name, id]));

  it("name the host that cannot be reached, within twilio:timeoutSeconds, and say how in full once", async () => {
    const { stack, simulator } = bed;
    const port = await closedPort();
    await config("timeoutSeconds", "2");
    Object.assign(stack.environment, { TWILIO_CONVERSATIONS_URL: `http://127.0.0.1:${port}` });
    const text = await stack.failing(() => stack.up());
    assertOnce(text, new RegExp(`gave up after 2 s: [^\\n]+ECONNREFUSED, 127\\.0\\.0\\.1:${port}\\)`, "g"));
    assert.match(text, new RegExp(`simulator --port ${port}.* set TWILIO_CONVERSATIONS_URL`));
    Object.assign(stack.environment, simulator.env);
    await config("timeoutSeconds", "120");
  });

  it("are not needed for a preview, which says that nothing was verified, but for up", async () => {
    const { stack, simulator } = bed;
    Object.assign(stack.environment, NOTHING);
    const { text, steps, requests } = await stack.preview();
    assert.equal(countOf(text, "No Twilio credentials: looked for TWILIO_ACCOUNT_SID"), 1);
    assert.match(text, /nothing was verified against Twilio/);
    assert.deepEqual([Object.keys(steps).length, requests], [3, []]);
    const failure = diagnosticsIn(await stack.failing(() => stack.up()));
    assert.match(
      failure,
      /error: No Twilio credentials: looked for TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN/,
    );
    assert.deepEqual([stack.state(), simulator.requests()], [{}, []]);
  });

  it("refuse to choose between an account of the environment and one of the config", async () => {
    const { stack, simulator } = bed;
    Object.assign(stack.environment, simulator.env);
    await config("accountSid", OTHER_SID);
    const text = await stack.failing(() => stack.preview());
    assertOnce(
      text,
      new RegExp(
        `TWILIO_ACCOUNT_SID names account ${simulator.account.accountSid} and ` +
          `twilio:accountSid names account ${OTHER_SID}\\. Nothing was sent\\.`,
        "g",
      ),
    );
    assert.deepEqual(simulator.requests(), []);
  });

  it("can stand in the config, and are warned about once while the token is plain text", async () => {
    const { stack, simulator } = bed;
    Object.assign(stack.environment, NOTHING);
    await config("accountSid", simulator.account.accountSid);
    await config("authToken", simulator.account.authToken);
    const plain = await stack.preview();
    assert.equal(
      countOf(plain.text, "twilio:authToken stands in the stack's config as plain text"),
      1,
      plain.text,
    );
    assert.equal(countOf(plain.text, simulator.account.authToken), 0);
    await config("authToken", simulator.account.authToken, true);
    const { text } = await stack.up();
    assert.equal(countOf(text, "plain text"), 0, text);
    assert.equal(countOf(text, simulator.account.authToken), 0);
    assert.equal(simulator.participants("support").length, 2);
  });

  it("can be an API key with its secret", async () => {
    const { stack, simulator } = bed;
    const { accountSid, apiKey, apiSecret } = simulator.account;
    await config("authToken", CANARY, true);
    Object.assign(stack.environment, {
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_API_KEY: apiKey,
      TWILIO_API_SECRET: apiSecret,
    });
    const { requests, steps } = await stack.up({ refresh: true });
    assert.deepEqual(steps, {});
    assert.ok(requests.length > 0 && requests.every(({ status }) => status === 200));
  });

  it("of an account by name create there, and its change replaces with the credentials of each", async () => {
    const { stack, simulator } = bed;
    const second = simulator.addAccount();
    Object.assign(stack.environment, {
      TWILIO_SECOND_SHOP_ACCOUNT_SID: second.accountSid,
      TWILIO_SECOND_SHOP_AUTH_TOKEN: second.authToken,
    });
    const before = sids();
    account = "second-shop";
    const preview = await stack.preview();
    assert.deepEqual(
      Object.values(preview.steps).map(({ op }) => op),
      ["replace", "replace", "replace"],
    );
    await stack.up();
    assert.deepEqual(simulator.conversations(), []);
    for (const [name, { id, outputs }] of Object.entries(stack.state())) {
      assert.notEqual(id, before[name]);
      assert.equal(outputs["accountSid"], second.accountSid);
    }
    const { requests } = await stack.destroy();
    const deletes = requests.filter(({ method }) => method === "DELETE");
    assert.deepEqual(
      deletes.map(({ status }) => status),
      [204, 204, 204],
    );
  });
});

function assertOnce(text: string, sentence: RegExp): void {
  const diagnostics = diagnosticsIn(text);
  assert.equal(diagnostics.match(sentence)?.length, 1, diagnostics);
  assert.doesNotMatch(text, /\n\s+at /);
  assert.equal(countOf(text, CANARY), 0, diagnostics);
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
