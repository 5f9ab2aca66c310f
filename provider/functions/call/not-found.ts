import { nearest } from "../../core/definition/did-you-mean";
import { type JsonObject, textOf } from "../../core/json";
import { describeWhere, serviceOf } from "../../core/lifecycle/location";
import { maskPhoneNumbers } from "../../http/redaction/redaction";
import type { Search } from "./lookup";
import { NoMatchError } from "./lookup-error";

/** Most SIDs that a message lists. */
const MAX_SEVERAL = 10;
const MAX_NEAR = 3;
const CHECK = "Check the spelling, the account and the service.";

/**
 * The error when no object matches `wanted`. `others` are the searched objects, under the names of `wanted`;
 * `isPartial`: there may be more.
 */
export function nothingFound(
  search: Search,
  wanted: JsonObject,
  others: readonly JsonObject[],
  isPartial: boolean,
): NoMatchError {
  const near = search.isSecret ? [] : comeNear(wanted, others);
  const names = Object.keys(wanted);
  const hints = [
    isPartial ? `Only the first ${others.length} were looked through: give its sid.` : "",
    near.length > 0
      ? `Near it: ${near.map((other) => `${other["sid"]} (${describe(other, names)})`).join(", ")}.`
      : "",
  ].filter((hint) => hint !== "");
  return new NoMatchError(
    "nothing",
    `there is no ${search.definition.noun} with ${describe(wanted, names)} in ${whereIn(search)}. ` +
      (hints.length === 0 ? CHECK : hints.join(" ")),
  );
}

/** The error when several objects match `wanted`. */
export function severalFound(search: Search, wanted: JsonObject, found: readonly JsonObject[]): NoMatchError {
  const sids = found.slice(0, MAX_SEVERAL).map(({ sid }) => sid);
  const more = found.length > sids.length ? ` and ${found.length - sids.length} more` : "";
  return new NoMatchError(
    "several",
    `${found.length} ${search.definition.noun}s have ${describe(wanted, Object.keys(wanted))} in ${whereIn(search)}: ` +
      `${sids.join(", ")}${more}. Give the sid of the one that is meant.`,
  );
}

/** The error when the parent of a list does not exist; undefined for a list directly in the account. */
export function parentNotFound(search: Search): NoMatchError | undefined {
  const { account, inputs } = search;
  const conversation = textOf(inputs["conversationSid"]);
  const service = textOf(inputs["serviceSid"]);
  if (conversation === undefined && service === undefined) return undefined;
  const [what, where] =
    conversation === undefined
      ? [`service ${service}`, describeWhere(account, undefined)]
      : [
          `conversation ${conversation}`,
          describeWhere(account, serviceOf(search.definition, inputs, account)),
        ];
  return new NoMatchError("nothing", `there is no ${what} in ${where}. ${CHECK}`);
}

/** The objects whose name differs from the first wanted value by case or a few letters, nearest first. */
function comeNear(wanted: JsonObject, others: readonly JsonObject[]): JsonObject[] {
  const [name = "", value] = Object.entries(wanted)[0] ?? [];
  const word = textOf(value);
  if (word === undefined || name === "sid") return [];
  const maxEdits = Math.min(3, Math.ceil(word.length / 4));
  const near: JsonObject[] = [];
  const left = new Set(others);
  while (near.length < MAX_NEAR) {
    const words = [...left].map((other) => textOf(other[name]) ?? "");
    const found = [...left][words.indexOf(nearest(word, words, maxEdits) ?? "\0")];
    if (found === undefined) break;
    near.push(found);
    left.delete(found);
  }
  return near;
}

function whereIn({ definition, account, inputs }: Search): string {
  const conversation = textOf(inputs["conversationSid"]);
  const where = describeWhere(account, serviceOf(definition, inputs, account));
  return conversation === undefined ? where : `conversation ${conversation}, ${where}`;
}

/** Such as: friendlyName "agent" and type "conversation". */
function describe(values: JsonObject, names: readonly string[]): string {
  const parts = names.map((name) => `${name} ${JSON.stringify(values[name])}`);
  return maskPhoneNumbers(parts.join(" and "));
}
