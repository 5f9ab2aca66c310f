import type { Hints } from "../../http/hints";
import { type Definition, fieldsOf, isInService, isSingleton } from "../definition/define";
import type { FieldEntry } from "../definition/field";
import { isSid, sidPrefixOf } from "../definition/sid";
import { kindOf } from "../definition/sid-kinds";
import { type JsonObject, textOf } from "../json";

/** A parent of an object, as its path names it. */
interface Parent {
  readonly field: string;
  readonly noun: string;
  /** Whether the path names it by SID, which nobody misspells. */
  readonly isBySid: boolean;
}

/** The subject of a request. */
interface Subject {
  readonly path: readonly string[];
  /** Whether it names an object that exists or should exist. */
  readonly isOfOne: boolean;
}

/**
 * Hints for a 404. For a recorded object, it or its parent is gone. Otherwise the state holds nothing that a refresh
 * could update; and a create can only lack its parents.
 */
export function missingHints(
  definition: Definition,
  location: JsonObject,
  { path, isOfOne }: Subject,
): Hints {
  const parents = parentsIn(definition, location, path);
  const isRecorded = location["accountSid"] !== undefined;
  const sentence =
    isOfOne && isRecorded
      ? goneText(definition, parents)
      : missingText(definition, location, { parents, isOfOne: isOfOne && !isSingleton(definition) });
  // A 404 under an unknown code means the same.
  return { 20404: sentence, 404: sentence };
}

/** The parents from the outermost to the innermost, as in the path. */
function parentsIn(definition: Definition, location: JsonObject, path: readonly string[]): Parent[] {
  return fieldsOf(definition)
    .flatMap((entry) => {
      const { name, policy } = entry;
      const value = textOf(location[policy.refers?.resolved ?? name]) ?? textOf(location[name]);
      const prefix = prefixOf(entry);
      const kind = kindOf(prefix);
      if (policy.pathParameter !== true || value === undefined || kind === undefined) return [];
      return [{ field: name, noun: kind.noun, isBySid: isSid(prefix, value), at: path.indexOf(value) }];
    })
    .filter(({ at }) => at >= 0)
    .sort((left, right) => left.at - right.at);
}

function prefixOf({ schema, policy }: FieldEntry): string {
  return policy.refers?.sidPrefix ?? sidPrefixOf(schema) ?? "";
}

function goneText(definition: Definition, parents: readonly Parent[]): string {
  // A singleton exists with its parent, unless its definition says otherwise.
  const comesAlong = isSingleton(definition) && definition.missingHint === undefined && parents.length > 0;
  const nouns = [
    ...(comesAlong ? [] : [`the ${definition.noun}`]),
    ...parents.map(({ noun, field }) => `the ${noun} that ${field} names`).reverse(),
  ];
  return (
    `In this account and region, ${nouns.join(" or ")} does not exist: run \`pulumi refresh\` if it was deleted ` +
    "outside Pulumi."
  );
}

interface Missing {
  readonly parents: readonly Parent[];
  readonly isOfOne: boolean;
}

function missingText(definition: Definition, location: JsonObject, { parents, isOfOne }: Missing): string {
  const nothing = [
    ...parents.map(({ noun, field }) => `no ${noun} that ${field} names`),
    ...(isOfOne ? [`no such ${definition.noun}`] : []),
  ];
  if (nothing.length === 0)
    return "Nothing that its path names can be missing: check twilio:region, twilio:baseUrl and the proxy.";
  const checked = ["the spelling", "the account"];
  if (isInService(definition) && textOf(location["serviceSid"]) === undefined) checked.push("serviceSid");
  const [parent, ...others] = parents;
  const declared =
    parent === undefined || others.length > 0 || isOfOne ? "what is missing" : `the ${parent.noun}`;
  const anew = parents.some(({ isBySid }) => isBySid)
    ? " `pulumi up --refresh` creates declared objects again that were deleted outside Pulumi."
    : "";
  return (
    `In this account and region there is ${nothing.join(", or ")}. Check ${checked.join(", ")} and twilio:region; ` +
    `declare ${declared} and take its id, or give the SID of one that is there.${anew}`
  );
}
