import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import fc from "fast-check";
import { type EngineStep, observationsOf } from "../../../../provider/cli/drift/observation";
import { jsonText } from "../../../../provider/cli/drift/report/json";
import { markdownText } from "../../../../provider/cli/drift/report/markdown";
import { tableText } from "../../../../provider/cli/drift/report/table";
import { rowsOf } from "../../../../provider/cli/drift/rows";
import { programText } from "../../../../provider/cli/import/program";
import { readProgram } from "../../../../provider/cli/import/read-program";
import { parseAttributes } from "../../../../provider/core/attributes";
import type { Json, JsonObject } from "../../../../provider/core/json";
import { carriedArgs, refusalOf, UncarriedValueError } from "../../../../provider/core/program/program-value";
import { TYPE_PREFIX } from "../../../../provider/core/program/provider-text";
import { Session } from "../../../../provider/core/run/session";
import { lookUp } from "../../../../provider/functions/call/lookup";
import { conversationLookup } from "../../../../provider/functions/conversation";
import { toAnswer } from "../../../../provider/http/response";
import { conversation } from "../../../../provider/resources/conversation/conversation";
import { participant } from "../../../../provider/resources/conversation/participant";
import { measured, seed, sized } from "../../../support/soak";
import { useLife } from "../../life";
import { CONVERSATION_BYTES, declaredAttributes, liveAttributes, PARTICIPANT_BYTES } from "./attributes";
import { assertCarried, assertSent } from "./transport";

const LIVE = sized({ short: 60, full: 2_000 });
const DECLARED = sized({ short: 300, full: 10_000 });
const LONGEST_MS = 1_000;

let slowestMs = 0;

async function inTime<Result>(what: string, work: () => Result | Promise<Result>): Promise<Result> {
  const sinceMs = performance.now();
  const result = await work();
  const tookMs = performance.now() - sinceMs;
  slowestMs = Math.max(slowestMs, tookMs);
  ok(tookMs < LONGEST_MS, `${what} took ${tookMs} ms`);
  return result;
}

describe(`${LIVE + DECLARED} attributes of any depth, size and plane`, () => {
  const life = useLife();
  after(() => measured("hostile attributes", `${LIVE + DECLARED} values, the slowest ${slowestMs} ms`));

  it("are refused of a program by its resource's name, or carried", () =>
    fc.assert(
      fc.asyncProperty(declaredAttributes, async (attributes) => {
        const given = { conversationSid: "desk", identity: "alice", attributes: parseAttributes(attributes) };
        await inTime("declaring", async () => {
          let args: JsonObject;
          try {
            args = carriedArgs("alice", given, refusalOf("Participant", "alice")) as JsonObject;
          } catch (error) {
            ok(error instanceof UncarriedValueError, String(error));
            match(error.message, /^Participant alice: attributes/);
            return;
          }
          await assertSent(args, "declared");
          const { lifecycle } = life.run(participant);
          const { inputs, failures } = lifecycle.check({}, args);
          for (const failure of failures) match(failure, /^attributes: /);
          lifecycle.diff(`MB${"1".repeat(32)}`, { ...inputs }, inputs);
        });
      }),
      { numRuns: DECLARED, seed },
    ));

  it("end no refresh, review or import of the stack, and name their object", async () => {
    const desk = await life.account.conversation("desk");
    const created = async (definition: typeof participant | typeof conversation, inputs: JsonObject) => {
      const made = await life.run(definition).lifecycle.create(inputs);
      return { definition, inputs, ...made };
    };
    const member = (identity: string, more: JsonObject = {}) =>
      created(participant, { conversationSid: desk.sid, identity, ...more });
    const hostile = [
      await member("plain", { attributes: { team: "a" } }),
      await member("secret", { attributes: { team: "a" }, secretAttributes: true }),
      await created(conversation, { uniqueName: "second", attributes: { team: "a" } }),
    ];
    const other = await member("other", { attributes: { team: "b" } });
    const limitOf = ({ definition }: (typeof hostile)[number]) =>
      definition === conversation ? CONVERSATION_BYTES : PARTICIPANT_BYTES;

    const live = fc.tuple(...hostile.map((object) => liveAttributes(limitOf(object))));
    await fc.assert(
      fc.asyncProperty(live, async (texts) => {
        for (const [at, text] of texts.entries())
          life.simulator.change(hostile[at]?.sid ?? "", { attributes: text }, { uncheckedAttributes: true });
        const steps: EngineStep[] = [];
        for (const [at, object] of [...hostile, other].entries()) {
          const { definition, sid, state, inputs } = object;
          const run = life.run(definition);
          const found = await inTime("a refresh", () => run.lifecycle.read(sid, state));
          ok(found?.inputs);
          assertCarried(found.state, sid);
          assertCarried(found.inputs, sid);
          const attributes = found.inputs["attributes"];
          if (at < texts.length) {
            const isAsText = typeof attributes === "string" && /^[[{]/.test(attributes);
            equal(run.notes.some((note) => note.includes(sid)) || !isAsText || isInexact(attributes), true);
            const again = run.lifecycle.check(found.inputs, inputs);
            await inTime("a diff", () => run.lifecycle.diff(sid, found.state, again.inputs));
          } else deepEqual([attributes, run.notes], [{ team: "b" }, []]);
          steps.push(...stepsOf(object, { state: found.state, inputs: found.inputs }));
        }
        await inTime("a review", () => {
          const rows = rowsOf("dev", observationsOf(steps));
          const report = { madeAt: "", version: "", stacks: [], rows, roles: new Map() };
          JSON.parse(jsonText(report));
          tableText(report, (_, text) => text);
          markdownText(report);
        });
        for (const membersAs of ["participants", "roster"] as const)
          await inTime("an import", async () => {
            const session = new Session(
              life.simulator.env,
              () => undefined,
              () => {},
              life.clock,
            );
            const extent = { serviceSid: undefined, conversations: ["desk"], userConversations: false };
            const { generated } = await readProgram(session, { extent, membersAs, onRead: () => {} });
            const program = programText(generated.program);
            for (const identity of ["plain", "secret", "other"]) ok(program.includes(identity), program);
            ok(program.includes('{ team: "b" }'));
          });
      }),
      { numRuns: LIVE, seed },
    );
  }).timeout(600_000);
});

describe("Values without an end", () => {
  const life = useLife();
  const deep = (levels: number) => {
    let value: Json = "x";
    for (let count = 0; count < levels; count++) value = count % 2 ? [value] : { a: value };
    return value;
  };

  for (const levels of [1_000, 2_000, 8_000, 100_000]) {
    it(`are refused with the name of the field, ${levels} levels deep`, async () => {
      const inputs = { conversationSid: "desk", identity: "alice", attributes: deep(levels) };
      deepEqual(life.run(participant).lifecycle.check({}, inputs).failures, [
        "attributes: is nested deeper than 200 levels. Nest it less.",
      ]);
      const session = new Session(
        life.simulator.env,
        () => undefined,
        () => {},
        life.clock,
      );
      await rejects(lookUp(session, conversationLookup, { uniqueName: deep(levels) }), {
        name: "LookupError",
        message: /^getConversation: uniqueName: is nested deeper than 200 levels\. Nest it less\./,
      });
    });

    it(`are no answer of Twilio's, ${levels} levels deep`, () => {
      const request = {
        method: "GET",
        path: "/v1/Conversations",
        repeatable: true,
        attempting: "x",
      } as const;
      const text = `{"sid":"CH","attributes":${"[".repeat(levels)}${"]".repeat(levels)}}`;
      const raw = { status: 200, headers: new Headers(), text, receivedAtMs: 0 };
      throws(() => toAnswer(request, raw, []), {
        name: "UnreadableAnswerError",
        message: /answered 200 with JSON that is nested deeper than 200 levels/,
      });
    });

    it(`are reviewed as far as they differ by the engine's word, ${levels} levels deep`, () => {
      const object = (attributes: Json) => ({
        definition: participant,
        sid: "MB1",
        state: { attributes },
        inputs: { attributes },
      });
      const steps = stepsOf(object(deep(levels)), object(deep(levels + 2)));
      const told = steps.map((step) => ({ ...step, detailedDiff: { "attributes.a": {} } }));
      deepEqual(
        rowsOf("dev", observationsOf(told)).map(({ class: kind }) => kind),
        ["drift-reverted"],
      );
    });
  }
});

/** A number that no double holds is told as text, and is nothing that is not carried. */
function isInexact(text: string): boolean {
  return /\d{16}/.test(text);
}

function stepsOf(
  {
    definition,
    sid,
    state,
    inputs,
  }: { definition: { type: string }; sid: string } & Record<"state" | "inputs", JsonObject>,
  found: Record<"state" | "inputs", JsonObject>,
): EngineStep[] {
  const type = TYPE_PREFIX + definition.type;
  const step = { urn: `urn:pulumi:dev::p::${type}::${sid}`, type };
  const [old, live] = [
    { id: sid, inputs, outputs: state },
    { id: sid, inputs: found.inputs, outputs: found.state },
  ];
  return [
    { ...step, op: "refresh", old, new: live },
    { ...step, op: "update", old: live, new: old },
  ];
}
