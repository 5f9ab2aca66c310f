import { type Definition, fieldsOf } from "../core/definition/define";
import type { JsonObject } from "../core/json";
import { UNCARRIED } from "./wire";

/** The paths of what Twilio holds otherwise than the live object shows it. */
export function uncarriedPaths(live: JsonObject): string[] {
  const paths = live[UNCARRIED];
  return Array.isArray(paths) ? paths.map(String) : [];
}

/** Whether what is not carried stands as JSON text, which loses nothing. */
export function isAsText(definition: Definition, path: string): boolean {
  return fieldsOf(definition).some(({ name, policy }) => name === path && policy.json === true);
}

/** How a live object is shown otherwise than Twilio holds it, in sentences; undefined where it is not. */
export function describeUncarried(definition: Definition, live: JsonObject): string | undefined {
  const paths = uncarriedPaths(live);
  const texts = paths.filter((path) => isAsText(definition, path));
  const others = paths.filter((path) => !texts.includes(path));
  const sentences = [
    ...(texts.length === 0 ? [] : [`${listed(texts)} what Pulumi cannot carry. It is kept as JSON text.`]),
    ...(others.length === 0
      ? []
      : [`${listed(others)} text that Pulumi cannot carry. It is shown with \ufffd (U+FFFD) in that place.`]),
  ];
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

function listed(paths: readonly string[]): string {
  return `${paths.join(" and ")} ${paths.length === 1 ? "holds" : "hold"}`;
}
