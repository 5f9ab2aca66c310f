import fc from "fast-check";

/** Names that look like code, like words of the language or of the generated program, or like each other. */
const ODD = [
  "exports",
  "require",
  "module",
  "get-role-output",
  "get configuration output",
  "global this",
  "config",
  "pulumi",
  "label",
  "member",
  "class",
  "await",
  "new",
  "conversation",
  "participant",
  "default service sid",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "Zoë Müller",
  "Zoe\u0308 Mu\u0308ller",
  "李雷",
  "支持",
  "ßtraße",
  "İstanbul",
  "😀",
  "👩‍👩‍👧",
  "a/b",
  "a::b",
  "a b",
  "A B",
  "a.b",
  '"); process.exit(1); ("',
  "`${1}`",
  "${PARTICIPANT}",
  "\\",
  'it\'s "so"',
  "two\nlines */",
  "42",
  "-",
  "null",
  "undefined",
  "undeclared:x",
  `${"very long ".repeat(25)}`,
  "x".repeat(256),
  "channel user",
  "channel admin",
  "service user",
  "service admin",
  "lead",
  "support-eu",
  "Support EU",
];

/** What a text of code may stumble over, and letters of scripts of which every formatter knows how wide they are. */
const CHARACTER = fc.constantFrom(
  ...Array.from(
    "aZ09 _-.:@/\\\"'`$\u007b}()[]<>*;,=#%&\n\t\u00a0éßÑ李支持日本ｘ😀🎉\u0301\u200d\u200b\u202e\u2028\ufe0f",
  ),
);

/** A name as people give one, often an odd one, and often the same as another. */
export const oddName = (maxLength = 256): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 6, arbitrary: fc.constantFrom(...ODD) },
      { weight: 2, arbitrary: fc.nat(5).map((count) => `name ${count}`) },
      { weight: 1, arbitrary: fc.string({ unit: CHARACTER, minLength: 1, maxLength: 20 }) },
    )
    .map((name) => Array.from(name).slice(0, maxLength).join(""));

const KEY = fc.oneof(fc.constantFrom("team", "a key", "日本", "constructor", "1", "a.b", "\\"), oddName(20));

/** Attributes as JSON text: mostly an object, now and then what stands for nothing else, or what no double holds. */
export const attributes: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .dictionary(KEY, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
      .map((it) => JSON.stringify(it)),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }).map((it) => JSON.stringify(it)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '{"id": 12345678901234567890}',
      '"text"',
      "null",
      "[]",
      '{"half": "\\ud83d"}',
      '{ "b": 1,  "a": 1.0 }',
      `{"long": "${"long ".repeat(60)}"}`,
    ),
  },
);
