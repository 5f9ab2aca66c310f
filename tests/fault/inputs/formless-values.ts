import * as pulumi from "@pulumi/pulumi";

/** In each value: no message may hold it. */
export const CANARY = "canary-8461";

class Money {
  readonly currency = CANARY;
  readonly #cents = 100;
  get cents(): number {
    return this.#cents;
  }
}

class Sealed {
  readonly #team = CANARY;
  team(): string {
    return this.#team;
  }
}

class Moment {
  readonly text = CANARY;
  toJSON(): string {
    return this.text;
  }
}

export class Tags {
  constructor(
    readonly team: string,
    readonly list: readonly string[] = [],
  ) {}
  isSupport(): boolean {
    return this.team === "support";
  }
}

const cyclic: Record<string, unknown> = { text: CANARY };
cyclic["self"] = cyclic;
const ring: unknown[] = [];
ring.push([{ ring }]);

/** What a program can say and JSON cannot, with what the user reads of it. */
export const FORMLESS: readonly (readonly [name: string, value: unknown, seen: RegExp])[] = [
  ["a date", new Date(0), /is a Date, which JSON does not have\. .*toISOString\(\)/],
  ["no date", new Date(Number.NaN), /is a Date, .*toISOString\(\)/],
  ["NaN", Number.NaN, /is NaN or infinite, .* finite number, null or text/],
  ["Infinity", Number.POSITIVE_INFINITY, /is NaN or infinite/],
  ["-Infinity", Number.NEGATIVE_INFINITY, /is NaN or infinite/],
  ["a bigint", 8461n, /is a bigint, .*toString\(\)/],
  ["a boxed bigint", Object(8461n), /is a bigint/],
  ["a map", new Map([[CANARY, 1]]), /is a Map, .*Object\.fromEntries\(map\)/],
  ["a set", new Set([CANARY]), /is a Set, .*\[\.\.\.set\]/],
  ["a weak map", new WeakMap(), /is an object of a class/],
  ["a regular expression", new RegExp(CANARY), /is a regular expression, .*source/],
  ["a function", () => CANARY, /is a function, .*what it returns/],
  ["an async function", async () => CANARY, /is a function/],
  ["a class", Money, /is a function/],
  ["a symbol", Symbol(CANARY), /is a symbol, .*description/],
  ["an error", new TypeError(CANARY), /is an Error, .*message/],
  ["a URL", new URL(`https://${CANARY}.example`), /is a URL, .*href/],
  ["a query", new URLSearchParams({ a: CANARY }), /is a URLSearchParams/],
  ["a buffer", Buffer.from(CANARY), /is binary data, .*base64/],
  ["an empty buffer", Buffer.alloc(0), /is binary data/],
  ["a typed array", new Float64Array(2), /is binary data/],
  ["an array buffer", new ArrayBuffer(2), /is binary data/],
  ["a data view", new DataView(new ArrayBuffer(2)), /is binary data/],
  ["a boxed text", Object(CANARY), /is a String object, .*valueOf\(\)/],
  ["a boxed number", Object(8461), /is a Number object/],
  ["a boxed truth", Object(false), /is a Boolean object/],
  ["what has a toJSON", new Moment(), /method toJSON, which Pulumi does not call\. .*returns/],
  ["a plain object with a toJSON", { toJSON: () => CANARY }, /method toJSON/],
  ["a class with accessors", new Money(), /is an object of a class that keeps its values out of JSON/],
  ["a class with nothing to see", new Sealed(), /is an object of a class/],
  ["a proxy of a date", new Proxy(new Date(0), {}), /method toJSON/],
  ["a generator", [CANARY].values(), /is an object of a class/],
  ["an asset", new pulumi.asset.StringAsset(CANARY), /is an asset or archive of Pulumi/],
  ["an archive", new pulumi.asset.AssetArchive({}), /is an asset or archive of Pulumi/],
];

/** The same where the place of it is another than that of the value. */
export const FORMLESS_WITHIN: readonly (readonly [
  name: string,
  value: unknown,
  path: string,
  seen: RegExp,
])[] = [
  [
    "undefined in a list",
    [1, undefined],
    "[1]",
    /is undefined, which JSON does not have in an array\. Give null/,
  ],
  ["a hole in a list", Object.assign([], { 2: CANARY }), "[0]", /is undefined/],
  ["an object in itself", cyclic, "self", /is an object that it stands in itself/],
  ["a list in itself", ring, "[0][0].ring", /is an object that it stands in itself/],
  ["a function of an object", { method() {} }, "method", /is a function/],
  ["a date in a class", new Tags("support", [new Date(0) as never]), "list[0]", /is a Date/],
];

/** What JSON has a form for, or says as a program expects, with what is sent of it. */
export const WITH_FORM: readonly (readonly [name: string, value: unknown, sent: unknown])[] = [
  ["an undefined property", { a: undefined, b: 1 }, { b: 1 }],
  ["-0", -0, 0],
  ["the least and the greatest number", [5e-324, Number.MAX_VALUE], [5e-324, Number.MAX_VALUE]],
  ["a proxy", new Proxy({ a: [1] }, {}), { a: [1] }],
  ["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ["an object of a class with plain members", new Tags("support", ["a"]), { team: "support", list: ["a"] }],
  ["what is named by a symbol beside the rest", { a: 1, [Symbol("x")]: 2 }, { a: 1 }],
  [
    "an accessor of its own",
    {
      get a() {
        return 1;
      },
    },
    { a: 1 },
  ],
  ["the same object twice", ((one) => ({ one, two: [one] }))({ a: 1 }), { one: { a: 1 }, two: [{ a: 1 }] }],
  [
    "names that mean something elsewhere",
    JSON.parse('{"constructor":{"a":1},"toJSON":"x","__x":[1],"then":1,"length":2}'),
    JSON.parse('{"constructor":{"a":1},"toJSON":"x","__x":[1],"then":1,"length":2}'),
  ],
  ["nulls, empty texts, lists and objects", [null, "", [], {}, [[]]], [null, "", [], {}, [[]]]],
];
