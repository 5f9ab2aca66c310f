import { UsageError } from "../rules/errors";

/** A seed needs less than ten; a million take a second and 100 MB to be parsed. */
export const maxDepth = 100;

/** The value of a JSON text, which is nested no deeper than what comes after it can walk through. */
export function parsedJson(json: string): unknown {
  if (isTooDeep(json)) throw new UsageError(`JSON may be ${maxDepth} levels deep at most`);
  return JSON.parse(json);
}

function isTooDeep(json: string): boolean {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < json.length && depth <= maxDepth; at += 1) {
    const character = json[at];
    if (isInText && character === "\\") at += 1;
    else if (character === '"') isInText = !isInText;
    else if (isInText) continue;
    else if (character === "[" || character === "{") depth += 1;
    else if (character === "]" || character === "}") depth -= 1;
  }
  return depth > maxDepth;
}
