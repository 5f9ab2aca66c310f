import fc from "fast-check";
import { seed } from "../../../support/soak";

/** What means something to a URL, a form, a header or a router, and what Unicode has that is not one letter. */
const PARTS = [
  ...[
    "/",
    "//",
    "?",
    "#",
    "%",
    ".",
    "..",
    "../",
    "/..",
    "\\",
    "..\\",
    "%2e%2e",
    "%2F",
    "%5c",
    "%00",
    "%zz",
    "%25",
  ],
  ...[
    "&",
    "=",
    "+",
    ";",
    ":",
    "@",
    "*",
    "~",
    "!",
    "'",
    '"',
    "<",
    ">",
    "|",
    "^",
    "`",
    "{",
    "}",
    "[",
    "]",
    "$",
    ",",
  ],
  ...[
    " ",
    "\t",
    "\n",
    "\r\n",
    "\0",
    "\u007f",
    "\u0085",
    "\u200b",
    "\u2028",
    "\u202e",
    "\ufeff",
    "\ufffd",
    "\uffff",
  ],
  ...["é", "e\u0301", "ß", "İ", "ﬁ", "Å", "😀", "👩‍👩‍👧", "\u{10ffff}", "日本", "ا", "．．", "／", "％"],
  ...[
    "Participants",
    "/v1/",
    "v1/Roles",
    "http://evil.example/",
    "//evil.example",
    "?PageSize=1",
    "__proto__",
  ],
  ...["a", "Z", "0", "alice"],
];
const HALVES = ["\ud800", "\udbff", "\udc00", "\udfff"];

/** Whole names that are another thing to a router or to Twilio. */
const WHOLE = [
  ".",
  "..",
  "...",
  "%2e",
  "%2E%2e",
  "/",
  "//",
  "?",
  "#",
  "%",
  "\\",
  " ",
  "\0",
  "null",
  "true",
  "-0",
];

const sidLike = fc
  .tuple(
    fc.constantFrom("CH", "MB", "US", "IS", "RL", "IG", "AC", "ch"),
    fc.string({ unit: fc.constantFrom(..."0123456789abcdefABCDEF"), minLength: 31, maxLength: 33 }),
    fc.constantFrom("", "", "/", "/..", "?", "#", "%"),
  )
  .map((parts) => parts.join(""));

const hostile = fc.oneof(
  { arbitrary: fc.string({ unit: fc.constantFrom(...PARTS), minLength: 1, maxLength: 8 }), weight: 6 },
  { arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), weight: 2 },
  { arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 20 }), weight: 1 },
  { arbitrary: sidLike, weight: 1 },
  {
    arbitrary: fc.string({ unit: fc.constantFrom(...HALVES, "/", "a", "😀"), minLength: 1, maxLength: 4 }),
    weight: 1,
  },
);

/** So many different names that do their worst, none of them over 64 characters, the least that Twilio takes. */
export function hostileNames(count: number): string[] {
  const names = new Set(WHOLE);
  for (let round = 0; names.size < count; round += 1)
    for (const name of fc.sample(hostile, { numRuns: count, seed: seed + round }))
      if (name.length <= 64) names.add(name);
  return [...names].slice(0, count);
}

/** Whether a part of it is half of a character: no UTF-8, and so no request, can carry that. */
export function hasHalf(name: string): boolean {
  return /\p{Surrogate}/u.test(name);
}
