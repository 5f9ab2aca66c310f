import { type Definition, keyFields } from "../definition/define";
import type { JsonObject } from "../json";
import type { Session } from "../run/session";
import type { DiffResult } from "../state/diff";

/**
 * The diff of a resource, which replaces it if another resource has its object. Notes who has the object. A create of
 * this run can adopt the object before this resource registers, since nothing else tells the two objects apart: with
 * `--parallel 1` Pulumi's engine registers one resource at a time.
 */
export function separateDuplicate(
  { ownership, replacements, duplicates }: Session,
  definition: Definition,
  sid: string,
  inputs: JsonObject,
  compare: () => DiffResult,
): DiffResult {
  const isOfUp = duplicates.noteDiffed(definition, sid) === "up";
  const isStanding = isOfUp && replacements.isExpected(definition, inputs);
  if (ownership.isClaimedAsEqual(definition, sid))
    return diffOfDuplicate(definition, "Another resource that declares the same has taken it over");
  if (isStanding && duplicates.isShown(definition, sid) && !replacements.isReplaced(definition, sid)) {
    ownership.noteShared(definition, sid);
    return diffOfDuplicate(definition, "Another resource of this program has it in its state too");
  }
  const found = compare();
  if (isStanding && found.replaces.length === 0) duplicates.noteShown(definition, sid);
  return found;
}

function diffOfDuplicate(definition: Definition, because: string): DiffResult {
  const warning = `${because}, so this one gets another ${definition.noun}.`;
  return { changes: true, replaces: [...keyFields(definition)], warning };
}
