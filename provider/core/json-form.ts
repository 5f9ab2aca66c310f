import type { Finding } from "./problem";

/**
 * Finds values without a JSON form. The SDK silently drops or empties them, or sends their contents
 * (`serializeProperty` in runtime/rpc.js at 3.255.0).
 */

/** Nouns and hints, by the tag of `Object.prototype.toString`, which works in every realm. */
const FORMLESS: Readonly<Record<string, readonly [noun: string, hint: string]>> = {
  Date: ["a Date", "Give text: toISOString() makes it."],
  Map: ["a Map", "Give an object: Object.fromEntries(map) makes it."],
  Set: ["a Set", "Give an array: [...set] makes it."],
  BigInt: ["a bigint", "Give text: toString() makes it."],
  RegExp: ["a regular expression", "Give text: its source."],
  Symbol: ["a symbol", "Give text: its description."],
  Error: ["an Error", "Give text: its message."],
  URL: ["a URL", "Give text: its href."],
  URLSearchParams: ["a URLSearchParams", "Give text: toString() makes it."],
  Promise: ["a Promise of another realm", "Give Promise.resolve(promise)."],
  String: ["a String object", "Give plain text: valueOf() makes it."],
  Number: ["a Number object", "Give a plain number: valueOf() makes it."],
  Boolean: ["a Boolean object", "Give true or false: valueOf() makes it."],
};

const BYTES = 'Give text: Buffer.from(bytes).toString("base64") makes it.';

const NO_NUMBER: Finding = {
  message: "is NaN or infinite, which JSON does not have",
  hint: "Give a finite number, null or text.",
};
const NOTHING: Finding = {
  message: "is undefined, which JSON does not have in an array",
  hint: "Give null, or take it out.",
};
const ASSET: Finding = {
  message: "is an asset or archive of Pulumi, which Twilio does not take",
  hint: "Give what is in it as text.",
};
const TO_JSON: Finding = {
  message: "is an object with a method toJSON, which Pulumi does not call",
  hint: "Give what that method returns.",
};
const CLASS: Finding = {
  message: "is an object of a class that keeps its values out of JSON",
  hint: "Give a plain object with these values.",
};

/** Problem of the value itself, not of its contents; undefined if JSON has a form for it. */
export function formProblem(value: unknown): Finding | undefined {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? undefined : NO_NUMBER;
    case "bigint":
    case "symbol":
      return formlessOf(tagOf(value));
    case "function":
      return formless(["a function", "Give what it returns, or leave it out."]);
    case "object":
      return value === null ? undefined : objectProblem(value);
    default:
      return undefined;
  }
}

/** The same for an item of an array. */
export function itemProblem(value: unknown): Finding | undefined {
  return value === undefined ? NOTHING : formProblem(value);
}

/** Whether an object comes from a literal or JSON, of any realm. */
export function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function objectProblem(value: object): Finding | undefined {
  if (Array.isArray(value)) return undefined;
  const isPlain = isPlainObject(value);
  const known = isPlain ? undefined : (bytesProblem(value) ?? formlessOf(tagOf(value)));
  if (known !== undefined) return known;
  if ("__pulumiAsset" in value || "__pulumiArchive" in value) return ASSET;
  if ("toJSON" in value && typeof value.toJSON === "function") return TO_JSON;
  return isPlain || isOpen(value) ? undefined : CLASS;
}

function bytesProblem(value: object): Finding | undefined {
  const isBytes = ArrayBuffer.isView(value) || /^(Shared)?ArrayBuffer$/.test(tagOf(value));
  return isBytes ? formless(["binary data", BYTES]) : undefined;
}

/** Whether an object of a class has all its values in own properties: no accessors, and at least one value. */
function isOpen(value: object): boolean {
  if (tagOf(value) !== "Object" || Object.keys(value).length === 0) return false;
  for (let kind = Object.getPrototypeOf(value); !isRoot(kind); kind = Object.getPrototypeOf(kind))
    if (Object.values(Object.getOwnPropertyDescriptors(kind)).some(({ get }) => get !== undefined))
      return false;
  return true;
}

/** Whether it is the prototype of all objects, which has an accessor: `__proto__`. */
function isRoot(prototype: object): boolean {
  return Object.getPrototypeOf(prototype) === null;
}

function formlessOf(tag: string): Finding | undefined {
  return Object.hasOwn(FORMLESS, tag) ? formless(FORMLESS[tag] as readonly [string, string]) : undefined;
}

function formless([noun, hint]: readonly [noun: string, hint: string]): Finding {
  return { message: `is ${noun}, which JSON does not have`, hint };
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}
