import { UsageError } from "../rules/errors";

/** A seed needs less than ten; parsing a million takes a second and 100 MB. */
export const maxDepth = 100;

/** Parses JSON; refuses nesting that later code cannot recurse through. */
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
