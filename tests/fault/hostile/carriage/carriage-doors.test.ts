import { deepEqual, equal, match, ok } from "node:assert/strict";
import { programText } from "../../../../provider/cli/import/program";
import { readProgram } from "../../../../provider/cli/import/read-program";
import { type JsonObject, objectIn } from "../../../../provider/core/json";
import { Session } from "../../../../provider/core/run/session";
import { lookUp } from "../../../../provider/functions/call/lookup";
import { conversationLookup, conversationsLookup } from "../../../../provider/functions/conversation";
import { participantsLookup } from "../../../../provider/functions/participant";
import { usersLookup } from "../../../../provider/functions/user";
import { conversation as conversationResource } from "../../../../provider/resources/conversation/conversation";
import { participant } from "../../../../provider/resources/conversation/participant";
import { useLife } from "../../life";
import { UNKNOWNS } from "./hostile-values";
import { assertCarried, assertSent } from "./transport";

const HALF = "cut \ud83d";
/** As somebody else sets it, and as it is shown. */
const TEXTS: [string, string][] = [
  [HALF, "cut \ufffd"],
  ...UNKNOWNS.map((text): [string, string] => [text, `${text}\ufffd`]),
];
const ATTRIBUTES: [string, unknown][] = [
  ['{"a":"cut \\ud83d"}', '{"a":"cut \\ud83d"}'],
  ['{"a":"cut \ud83d"}', '{"a":"cut \\ud83d"}'],
  [
    '{"b":1,"a":{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","value":1}}',
    '{"a":{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","value":1},"b":1}',
  ],
  [`{"a":"${UNKNOWNS[0]}"}`, `{"a":"${UNKNOWNS[0]}"}`],
  [`"${UNKNOWNS[0]}"`, `"${UNKNOWNS[0]}"`],
  ["[".repeat(2_000) + "]".repeat(2_000), "[".repeat(2_000) + "]".repeat(2_000)],
  ["[".repeat(300) + "]".repeat(300), "[".repeat(300) + "]".repeat(300)],
  ['{"":1}', '{"":1}'],
  ['{"a":{"toString":{"a":1}}}', { a: { toString: { a: 1 } } }],
];

/** Said of every import. */
const UNREAD = "not read, and so left out: messages, push bindings.";

describe("What the engine cannot carry, by every door", () => {
  const life = useLife();
  let conversation: string;
  beforeEach(async () => {
    conversation = (await life.account.conversation("desk")).sid;
  });
  const session = (notes: string[] = []) =>
    new Session(
      life.simulator.env,
      () => undefined,
      (note) => void notes.push(note),
      life.clock,
    );
  const join = async (identity: string) =>
    (await life.account.post(`/Conversations/${conversation}/Participants`, { Identity: identity })).sid;

  it("is named once for each object, by its SID and without a value", async () => {
    const sid = await join("alice");
    const run = life.run(participant);
    const { state } = await run.lifecycle.create({
      conversationSid: conversation,
      identity: "alice",
      adopt: "always",
    });
    life.simulator.change(sid, { attributes: '{"a":"\\ud83d"}', identity: HALF });
    const later = life.run(participant);
    for (let count = 0; count < 2; count++) await later.lifecycle.read(sid, state);
    deepEqual(later.notes, [
      `participant ${sid}: attributes holds what Pulumi cannot carry. It is kept as JSON text. ` +
        "identity holds text that Pulumi cannot carry. It is shown with \ufffd (U+FFFD) in that place.",
    ]);
  });

  it("is in no error and no note", async () => {
    const notes: string[] = [];
    const run = session(notes);
    run.notify(HALF);
    deepEqual(notes, ["cut \ufffd"]);
    life.simulator.addFault({ kind: "status", route: "/v1/Conversations", status: 400, message: HALF });
    const error = await life
      .run(conversationResource)
      .lifecycle.read(conversation, { accountSid: life.simulator.account.accountSid })
      .catch((failure: unknown) => failure);
    match(run.explain(error), /cut \ufffd/);
  });

  it("is shown of members that nobody declares, and of declared ones repaired", async () => {
    const [declared, stranger] = [await join("anna"), await join("mallory")];
    const inputs = {
      conversationSid: conversation,
      exclusive: true,
      adopt: "always",
      members: { anna: { identity: "anna", attributes: { tier: 1 } } },
    };
    const { sid, state: written } = await life.run().roster.create(inputs);
    for (const [text, shown] of TEXTS)
      for (const [attributes] of ATTRIBUTES) {
        life.simulator.change(declared, { attributes });
        life.simulator.change(stranger, { identity: text, attributes });
        const run = life.run();
        const found = await run.roster.read(sid, written);
        ok(found?.inputs);
        assertCarried(found.state, text);
        assertCarried(found.inputs, text);
        const members = found.inputs["members"] as Record<string, JsonObject>;
        equal(members[`undeclared:${stranger}`]?.["identity"], shown);
        equal(
          run.roster.diff(sid, found.state, run.roster.check(found.inputs, inputs).inputs).changes,
          undefined,
        );
      }
    const last = await life.run().roster.read(sid, written);
    await life.run().roster.update(sid, last?.state ?? {}, inputs);
    deepEqual(
      life.simulator.participants().map(({ identity, attributes }) => [identity, attributes]),
      [["anna", '{"tier":1}']],
    );
  });

  it("is answered by look-ups as resources show it", async () => {
    const alice = await join("alice");
    const user = String(life.simulator.users()[0]?.sid);
    for (const [text, shown] of TEXTS)
      for (const [attributes, kept] of ATTRIBUTES) {
        for (const sid of [conversation, user])
          life.simulator.change(sid, { friendly_name: text, attributes });
        life.simulator.change(alice, { attributes });
        const found = (await lookUp(session(), conversationLookup, { sid: conversation })) as JsonObject;
        deepEqual([found["friendlyName"], found["attributes"]], [shown, kept]);
        const lists = await Promise.all([
          lookUp(session(), conversationsLookup, {}),
          lookUp(session(), conversationsLookup, { identity: "alice" }),
          lookUp(session(), participantsLookup, { conversationSid: conversation }),
          lookUp(session(), usersLookup, {}),
        ]);
        for (const list of lists) assertCarried({ list }, text);
      }
  });

  it("is imported as JSON text, or left out with a note", async () => {
    const [alice, mallory] = [await join("alice"), await join("mallory")];
    for (const [text] of TEXTS)
      for (const [attributes, kept] of ATTRIBUTES) {
        life.simulator.change(conversation, { friendly_name: text, attributes });
        life.simulator.change(alice, { attributes });
        life.simulator.change(mallory, { identity: text });
        for (const membersAs of ["participants", "roster"] as const) {
          const { generated, notes } = await readProgram(session(), {
            extent: { serviceSid: undefined, conversations: ["desk"], userConversations: true },
            membersAs,
            onRead: () => {},
          });
          deepEqual(notes, [
            "conversation desk: left out friendlyName, which no program may say.",
            `participant ${mallory}: left out, since no program may say its identity.`,
            UNREAD,
          ]);
          const program = programText(generated.program);
          match(program, /^\/\/ Left out: friendlyName\.$/m);
          equal(program.includes("mallory"), false);
          for (const { inputs, outputs } of generated.rows) {
            await assertSent(inputs, text);
            assertCarried(outputs, text);
          }
          deepEqual(generated.rows[0]?.inputs["attributes"], kept);
        }
      }
  });

  it("is left out by an import where JSON text cannot say it either, with a note", async () => {
    const alice = await join("alice");
    const attributes = '{"b":2,"a":[{"__proto__":{"admin":true}}]}';
    for (const sid of [conversation, alice]) life.simulator.change(sid, { attributes });
    for (const membersAs of ["participants", "roster"] as const) {
      const { generated, notes } = await readProgram(session(), {
        extent: { serviceSid: undefined, conversations: ["desk"], userConversations: true },
        membersAs,
        onRead: () => {},
      });
      deepEqual(notes, [
        "conversation desk: left out attributes, which no program may say.",
        "participant desk/alice: left out attributes, which no program may say.",
        UNREAD,
      ]);
      const program = programText(generated.program);
      match(program, /^\/\/ Left out: attributes\.$/m);
      equal(program.includes("__proto__"), false);
      for (const { inputs, outputs } of generated.rows) {
        equal("attributes" in inputs, false);
        await assertSent(inputs, attributes);
        assertCarried(outputs, attributes);
      }
    }
  });

  it("is repaired where it stands under a name that no program gives", async () => {
    const [alice, bob] = [await join("alice"), await join("bob")];
    const added = '{"__proto__":{"admin":true},"tier":1}';
    const inputs = { conversationSid: conversation, attributes: { tier: 1 }, adopt: "always" };
    const members = { bob: { identity: "bob", attributes: { tier: 1 } } };
    const crew = { conversationSid: conversation, members, adopt: "always" };
    const { state } = await life.run().lifecycle.create({ ...inputs, identity: "alice" });
    const { sid, state: roster } = await life.run().roster.create(crew);
    for (const sid of [alice, bob]) life.simulator.change(sid, { attributes: added });
    const run = life.run();
    const found = await run.lifecycle.read(alice, state);
    equal(found?.inputs?.["attributes"], added);
    const check = run.lifecycle.check(found?.inputs ?? {}, { ...inputs, identity: "alice" });
    const { changes } = run.lifecycle.diff(alice, found?.state ?? {}, check.inputs);
    deepEqual([check.failures, changes], [[], undefined]);
    // As ignoreChanges gives it back.
    deepEqual(run.lifecycle.check(found?.inputs ?? {}, found?.inputs ?? {}).failures, []);
    await life.run().lifecycle.update(alice, found?.state ?? {}, check.inputs);
    const read = await run.roster.read(sid, roster);
    const { bob: member } = objectIn(read?.inputs ?? {}, "members");
    equal((member as JsonObject)["attributes"], added);
    await life.run().roster.update(sid, read?.state ?? {}, crew);
    deepEqual(
      life.simulator.participants().map((row) => row["attributes"]),
      ['{"tier":1}', '{"tier":1}'],
    );
  });
});
