import fc from "fast-check";

/** A form as it is sent; `@conversation:3` is a role of that type, `@service:3` too, `@IS:1` a service. */
export type Form = Record<string, string | readonly string[]>;

/** Any of the fields, beside those that are needed. */
export function form(
  needed: Record<string, fc.Arbitrary<string | string[]>>,
  optional: Record<string, fc.Arbitrary<string | string[]>> = {},
): fc.Arbitrary<Form> {
  return fc.record({ ...needed, ...optional }, { requiredKeys: Object.keys(needed) }) as fc.Arbitrary<Form>;
}

export const some = (...values: string[]) => fc.constantFrom(...values);
export const place = fc.nat(50);
export const roleOf = (type: "conversation" | "service") => place.map((at) => `@${type}:${at}`);
export const flag = some("true", "false");
export const url = some(
  "https://example.com/hook",
  "http://a.example/x?y=1#z",
  `https://example.com/${"p".repeat(200)}`,
);
const events = ["onMessageAdded", "onParticipantAdded", "onConversationUpdated", "onDeliveryUpdated"];
export const filters = fc.subarray(events, { minLength: 1 });
export const method = some("GET", "POST", "get", "post");
export const flow = some(`FW${"a".repeat(32)}`);
export const timer = some("PT1H", "P1D", "PT0S");
export const phone = fc.nat(40).map((at) => `+1415555${String(1000 + at)}`);
export const moment = some("2024-05-06T07:08:09Z", "2025-01-01T00:00:00Z");
export const several = <Value>(arbitrary: fc.Arbitrary<Value>, maxLength: number) =>
  fc.array(arbitrary, { maxLength, size: "max" });
