import fc from "fast-check";

/** What Pulumi means something by: the unknown of each kind, its signatures, and the key that they stand under. */
export const UNKNOWNS = [
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SIGNATURES = [
  "1b47061264138c4ac30d75fd1eb44270",
  "c44067f5952c0a294b673a41bacd8c17",
  "0def7320c3a5731c473e5ecbe6d01bc7",
  "5cf8f73096256a8f31e491e813e4eb8e",
  "d0e6a833031e9bbcd3f4e8bde6ca49a4",
];
const OWN_NAMES = [
  "Output",
  "Asset",
  "Archive",
  "Resource",
  "CustomResource",
  "ComponentResource",
  "Unknown",
];

/** Names that mean something to JavaScript, to the SDK, to the engine's paths or to nobody. */
const KEYS = [
  ...["", "__proto__", "constructor", "toString", "valueOf", "toJSON", "then", "hasOwnProperty", "id", "urn"],
  ...[
    "__provider",
    "__defaults",
    "__x",
    "a.b",
    "[0]",
    '["a"]',
    '"',
    "\\",
    "a\\",
    '\\"',
    "\0",
    "\n",
    "*",
    " ",
    "0",
    "-1",
  ],
  ...OWN_NAMES.map((name) => `__pulumi${name}`),
  SIGNATURE,
  "\ud800",
  "a\udfff",
];

const MEANT = ["", "a\\", "__proto__", "__pulumiOutput", "__pulumiAsset", SIGNATURE, "\ud800"];

/** Any UTF-16, halves of characters included. */
const units = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    fc.constantFrom("\ud83d", "\ude00", "😀", "a", "\0", "\ufffd", "\uffff", "\u2028", "\u001b"),
  ),
  minLength: 1,
  maxLength: 12,
});

/** A text as somebody else can set it. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: units, weight: 4 },
  { arbitrary: fc.constantFrom(...UNKNOWNS), weight: 1 },
  { arbitrary: fc.constantFrom(...SIGNATURES, SIGNATURE, "__proto__", "undefined", "null"), weight: 1 },
);

const hostileJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(
      hostileText,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie("value"), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...KEYS), hostileText), tie("value")), { maxLength: 3 })
      .map((entries) => Object.fromEntries(entries)),
    fc
      .tuple(fc.oneof(fc.constantFrom<unknown>(...SIGNATURES), fc.integer(), tie("value")), tie("value"))
      .map(([signature, value]) => ({
        [SIGNATURE]: signature,
        value,
        path: "x",
        urn: "urn:pulumi:a::b::c::d",
      })),
  ),
})).value;

/** One name at some depth, with what the SDK would take it for. */
const named = fc
  .tuple(
    fc.constantFrom(...KEYS, ...MEANT, ...MEANT, ...MEANT),
    fc.constantFrom<unknown>(true, "x", { a: 1 }, ...SIGNATURES),
    fc.constantFrom(0, 1, 3),
  )
  .map(([key, value, depth]) =>
    Array.from({ length: depth }).reduce<unknown>((inner, _, at) => (at % 2 ? [inner] : { a: inner }), {
      [key]: value,
    }),
  );

/** JSON text in lists or objects, so many in each other; some of them as deep as the limit of bytes lets them be. */
const nested = fc
  .tuple(
    fc.boolean(),
    fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 300, max: 2_000 })),
    hostileText,
  )
  .map(([isList, levels, text]) => {
    const inner = JSON.stringify(text);
    if (isList) return "[".repeat(levels) + inner + "]".repeat(levels);
    const count = Math.min(levels, 650);
    return '{"a":'.repeat(count) + inner + "}".repeat(count);
  });

/** JSON text as Twilio keeps it: halves of characters as an escape or as they are, and what no double holds. */
export const hostileJsonText: fc.Arbitrary<string> = fc
  .oneof(
    { arbitrary: hostileJson.map((value) => JSON.stringify(value)), weight: 6 },
    { arbitrary: named.map((value) => JSON.stringify(value)), weight: 6 },
    { arbitrary: nested, weight: 2 },
    { arbitrary: hostileJson.map((value) => `[12345678901234567890,${JSON.stringify(value)}]`), weight: 1 },
    { arbitrary: hostileText, weight: 1 },
  )
  .chain((text) =>
    fc.constantFrom(
      text,
      text.replaceAll(/\\u(d[89a-f][0-9a-f]{2})/g, (_all, unit: string) =>
        String.fromCharCode(Number.parseInt(unit, 16)),
      ),
    ),
  )
  .filter((text) => Buffer.byteLength(text) <= 4_096);
