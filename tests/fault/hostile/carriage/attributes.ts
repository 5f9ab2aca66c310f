import fc from "fast-check";

/** Twilio's limits of bytes (twilio-api.md): of a participant's attributes, and of a conversation's. */
export const PARTICIPANT_BYTES = 4_096;
export const CONVERSATION_BYTES = 16_384;

const DEEPEST = 100_000;

/** A character of any plane, halves of pairs included, and those that JSON itself is made of. */
const unit = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point)), weight: 6 },
  { arbitrary: fc.constantFrom(...'\\"[]{}:,0-e. \n\t\u0000\u001b\u007f\u009b\u200b\u202e'), weight: 3 },
);

const text = (maxBytes: number) =>
  fc.string({ unit, maxLength: 400 }).chain((some) =>
    // Grown to the limit, so that long ones need no long list of choices.
    fc.boolean().map((isFull) => cutTo(maxBytes, isFull && some !== "" ? some.repeat(maxBytes) : some)),
  );

/** Whole characters, as far as so many bytes hold them. */
function cutTo(maxBytes: number, some: string): string {
  const bytes = Buffer.from(some.slice(0, maxBytes));
  if (bytes.length <= maxBytes && some.length <= maxBytes) return some;
  return bytes
    .subarray(0, maxBytes - 3)
    .toString("utf8")
    .replace(/\ufffd$/, "");
}

const level = fc.oneof(
  fc.constantFrom(1, 199, 200, 201, 202, 498, 499, 500, 501, 502),
  fc.integer({ min: 1, max: 2_048 }),
  fc.integer({ min: 1, max: DEEPEST }),
);
const bracket = fc.constantFrom(["[", "]"], ['{"a":', "}"], ['[{"":', "}]"], ["[0,", "]"]);

/** JSON of so many levels, and text that begins like it. */
const nested = fc
  .tuple(level, bracket, fc.constantFrom("0", '"x"', "1e3", "-0", "12345678901234567890", ""), fc.boolean())
  .map(([levels, [open = "", close = ""], inner, isWhole]) => {
    const core = inner === "" && open !== "[" ? "0" : inner;
    return open.repeat(levels) + core + (isWhole ? close.repeat(levels) : "");
  });

const hostile = (maxBytes: number) =>
  fc.oneof(
    nested,
    text(maxBytes),
    text(Math.floor(maxBytes / 8)).map((some) => JSON.stringify({ [some]: [some] })),
    text(Math.floor(maxBytes / 8)).map((some) => JSON.stringify(some)),
  );

/** A text that somebody can set as attributes: any that Twilio has room for. */
export function liveAttributes(maxBytes: number): fc.Arbitrary<string> {
  return hostile(maxBytes).map((some) =>
    Buffer.byteLength(some) <= maxBytes ? some : fitted(some, maxBytes),
  );
}

/** The same with as many levels as there is room for. */
function fitted(some: string, maxBytes: number): string {
  const [open = ""] = /^(\[\{"":|\{"a":|\[0,|\[)/.exec(some) ?? [];
  if (open === "") return cutTo(maxBytes, some);
  const close = { "[": "]", '{"a":': "}", '[{"":': "}]", "[0,": "]" }[open] ?? "";
  const levels = Math.floor((maxBytes - 1) / (open.length + close.length));
  return `${open.repeat(levels)}0${close.repeat(levels)}`;
}

/** What a program can declare: any text, or a value of any depth. */
export const declaredAttributes: fc.Arbitrary<unknown> = fc.oneof(
  hostile(PARTICIPANT_BYTES),
  fc.tuple(level, fc.boolean()).map(([levels, isList]) => {
    let value: unknown = "x";
    for (let count = 0; count < levels; count++) value = isList ? [value] : { a: value };
    return value;
  }),
);
