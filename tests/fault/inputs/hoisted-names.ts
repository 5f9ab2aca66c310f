/** A name that no program gives: the SDK assigns it, so that what it holds takes the place of its object's prototype. */
const nested = '{"b":2,"a":[{"__proto__":{"admin":true}}]}';
const outer = '{"b":2,"__proto__":{"admin":true}}';

/** Attributes with that name, with the path of it below the attributes. */
export const HOISTED: readonly (readonly [name: string, value: unknown, path: string])[] = [
  ["__proto__", JSON.parse(outer), "__proto__"],
  ["__proto__ of a plain value", JSON.parse('{"__proto__":1}'), "__proto__"],
  ["__proto__ within", JSON.parse(nested), "a[0].__proto__"],
  ["__proto__ in a list", JSON.parse(`[${nested}]`), "[0].a[0].__proto__"],
  ["__proto__ in JSON text", outer, "__proto__"],
  ["__proto__ within JSON text", nested, "a[0].__proto__"],
  ["__proto__ in a list of JSON text", `[${nested}]`, "[0].a[0].__proto__"],
  ["__proto__ as an escape in JSON text", outer.replace("__p", "\\u005f\\u005fp"), "__proto__"],
];
