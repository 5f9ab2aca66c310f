import type { Json } from "../../../provider/core/json";

/** A JSON text of the value in some order of keys, with some spacing, escapes and number forms, by the seed. */
export function respelled(value: Json, seed: number): string {
  const pick = picker(seed);
  const space = () => ["", " ", "\n", "\t ", "\r\n"][pick(5)] ?? "";
  const spell = (part: Json | undefined): string => {
    if (typeof part === "string") return spelledString(part, pick);
    if (typeof part === "number") return spelledNumber(part, pick);
    if (Array.isArray(part)) return `[${part.map((item) => space() + spell(item) + space()).join(",")}]`;
    if (typeof part !== "object" || part === null) return String(part);
    const members = Object.entries(part).map(
      ([key, member]) =>
        `${space()}${spelledString(key, pick)}${space()}:${space()}${spell(member)}${space()}`,
    );
    return `{${shuffled(members, pick).join(",")}}`;
  };
  return space() + spell(value) + space();
}

/** One text for all spellings of a value, made without the code under test. */
export function sortedText(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(sortedText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${sortedText(value[key])}`).join(",")}}`;
}

type Pick = (choices: number) => number;

function picker(seed: number): Pick {
  let state = seed >>> 0;
  return (choices) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % choices;
  };
}

function shuffled<Item>(items: Item[], pick: Pick): Item[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(pick(rest.length), 1));
}

function spelledString(text: string, pick: Pick): string {
  const units = text.split("").map((unit) => {
    const escaped = `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
    return pick(3) === 0 ? escaped : JSON.stringify(unit).slice(1, -1);
  });
  return `"${units.join("")}"`;
}

function spelledNumber(value: number, pick: Pick): string {
  if (value === 0) return ["0", "-0", "0.0", "0e7", "-0.00E-1"][pick(5)] ?? "0";
  const [mantissa = "", exponent = ""] = value.toExponential().split("e");
  const longer = `${mantissa}${mantissa.includes(".") ? "" : "."}000`;
  return (
    [String(value), value.toExponential(), `${mantissa}E${exponent}`, `${longer}e${Number(exponent)}`][
      pick(4)
    ] ?? ""
  );
}
