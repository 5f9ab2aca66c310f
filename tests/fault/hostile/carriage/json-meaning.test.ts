import { equal } from "node:assert/strict";
import fc from "fast-check";
import { fromResponse } from "../../../../provider/core/api/codec";
import { parseAttributes } from "../../../../provider/core/attributes";
import { fieldsOf } from "../../../../provider/core/definition/define";
import { validate } from "../../../../provider/core/definition/validate";
import { uncarriedIn } from "../../../../provider/core/engine-transport";
import type { Json, JsonObject } from "../../../../provider/core/json";
import { diff } from "../../../../provider/core/state/diff";
import { stateAfter, stateRefreshed } from "../../../../provider/core/state/state";
import { definitions } from "../../../../provider/resources";
import { measured, seed, sized } from "../../../support/soak";
import { acceptedDeclarations } from "../../../types";
import { sidOf } from "../../../types/sids";
import { respelled, sortedText } from "../../../unit/core/json-spelling";
import { place } from "../../../unit/core/state/samples";

const PAIRS = sized({ short: 1_500, full: 10_000 });

const types = definitions.filter((definition) => fieldsOf(definition).some(({ policy }) => policy.json));

type Type = (typeof types)[number];

/** Attributes as a program can write them: the value itself, or some text of it. */
interface Written {
  readonly value: Json;
  readonly spelling: number;
  readonly asText: boolean;
}

const written = (value: Json) =>
  fc.record({ value: fc.constant(value), spelling: fc.integer(), asText: fc.boolean() });
/** What a loose comparison takes for the same. */
const nearlyAlike: Json[] = [
  0,
  1,
  false,
  null,
  "",
  "0",
  "null",
  "{}",
  [],
  {},
  [[]],
  { team: null },
  { team: "" },
];
const anyJson: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue() as fc.Arbitrary<Json>,
  fc.array(fc.constantFrom(...nearlyAlike), { maxLength: 2 }),
  fc.dictionary(fc.constantFrom("team", "lead"), fc.constantFrom(...nearlyAlike)),
);
const type = fc.constantFrom(...types);

/** What the constructor sends: a string is always JSON text. What the engine does not carry can only be said so. */
function inputOf({ value, spelling, asText }: Written): Json {
  const isText = asText || typeof value === "string" || uncarriedIn(value) !== undefined;
  return parseAttributes(isText ? respelled(value, spelling) : value) as Json;
}

function declaration(definition: Type, attributes: Written): JsonObject {
  const [accepted = {}] = acceptedDeclarations(definition.type);
  return { ...accepted, attributes: inputOf(attributes) };
}

/** What Twilio answers: the text that it was sent, or any other of the same value. */
function answerOf({ value, spelling }: Written) {
  return { sid: sidOf("XX"), attributes: respelled(value, ~spelling) };
}

/** The state after Twilio took the first, and the checked inputs of the second. */
function declared(definition: Type, one: Written, other: Written) {
  const { inputs } = validate(definition, {}, declaration(definition, one));
  const live = fromResponse(definition, answerOf(one));
  const state = stateAfter(definition, {
    inputs,
    live,
    location: place,
    isSent: (name) => name === "attributes",
  });
  return { inputs, state, next: validate(definition, inputs, declaration(definition, other)).inputs };
}

const attributesIn = (inputs: JsonObject) => sortedText(inputs["attributes"]);

describe("JSON attributes, as a program writes them and as Twilio has them", () => {
  it(`are no change in ${PAIRS} pairs that mean the same, nor drift`, () => {
    let pairs = 0;
    const pair = anyJson.chain((value) => fc.tuple(written(value), written(value)));
    fc.assert(
      fc.property(type, pair, (definition, [one, other]) => {
        pairs += 1;
        const { inputs, state, next } = declared(definition, one, other);
        equal(diff(definition, state, next).changes, false);
        // The engine compares what is written.
        equal(JSON.stringify(next), JSON.stringify(inputs));
        const live = { ...state, ...fromResponse(definition, answerOf(other)) };
        const refreshed = stateRefreshed(definition, state, live, place);
        equal(attributesIn(refreshed.inputs), attributesIn(inputs));
        equal(diff(definition, refreshed.state, next).changes, false);
      }),
      { numRuns: PAIRS, seed },
    );
    measured("JSON attributes equal in meaning", `${pairs} pairs, 0 diffs`);
  });

  it(`are a change in ${PAIRS} pairs that do not, and drift`, () => {
    let pairs = 0;
    const pair = fc
      .tuple(anyJson, fc.option(anyJson, { nil: undefined }))
      .map(([value, other]): [Json, Json] => [value, other === undefined ? nudged(value) : other])
      .filter(([value, other]) => sortedText(value) !== sortedText(other))
      .chain(([value, other]) => fc.tuple(written(value), written(other)));
    fc.assert(
      fc.property(type, pair, (definition, [one, other]) => {
        pairs += 1;
        const { inputs, state, next } = declared(definition, one, other);
        equal(diff(definition, state, next).changes === false, false);
        // Drift of what is left out is none: it is Twilio's to have.
        if (inputs["attributes"] === undefined) return;
        const live = { ...state, ...fromResponse(definition, answerOf(other)) };
        const refreshed = stateRefreshed(definition, state, live, place);
        equal(diff(definition, refreshed.state, inputs).changes === false, false);
      }),
      { numRuns: PAIRS, seed },
    );
    measured("JSON attributes that differ in meaning", `${pairs} pairs, ${pairs} diffs`);
  });
});

/** A near other value: what a comparison of less than the whole would miss. */
function nudged(value: Json): Json {
  if (Array.isArray(value)) return [...value, null];
  if (typeof value === "number") return value === 0 ? 5e-324 : value * (1 - 2 ** -52);
  if (typeof value === "string") return `${value} `;
  if (typeof value !== "object" || value === null) return [value];
  const last = Object.keys(value).at(-1);
  return last === undefined ? { "": null } : { ...value, [last]: nudged(value[last] ?? null) };
}
