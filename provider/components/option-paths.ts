import { type Definition, fieldsOf } from "../core/definition/define";
import { spellingHint } from "../core/definition/did-you-mean";
import type { Problem } from "../core/problem";

/** A resource of a component. */
export interface Part {
  /** Path in the component's arguments; empty for the conversation. */
  readonly place: readonly string[];
  readonly definition: Definition;
  readonly args: object;
}

/** Options whose values are property paths. */
export const PATH_OPTIONS = ["ignoreChanges", "replaceOnChanges", "hideDiffs"] as const;
export type PathOption = (typeof PATH_OPTIONS)[number];

/** A path within the arguments of one part. */
export interface Route {
  readonly place: readonly string[];
  readonly path: string;
}

/** Arguments of the component that apply to every part without its own. */
const SHARED: readonly string[] = ["serviceSid", "account", "webhookEnabled", "adopt"];
/** Arguments that the component sets on every part except the conversation. */
const GIVEN: readonly string[] = ["conversationSid", "serviceSid", "account"];
/** The groups of labelled parts, and the noun for one of them. */
const LABELLED: Readonly<Record<string, string>> = { members: "member", webhooks: "webhook" };

/** The parts that a path in the component's arguments names, or the problem with the path. */
export function routesOf(
  option: PathOption,
  path: string,
  parts: readonly Part[],
): readonly Route[] | Problem {
  if (path === "*") return parts.flatMap((part) => everything(option, part, SHARED));
  const head = isPath(path) ? headOf(path) : undefined;
  const wrong = (message: string, hint: string) => ({ path: option, message: `"${path}" ${message}`, hint });
  if (head === undefined) return wrong("is no property path", "Write it like members.alice.attributes.");
  const { name, rest } = head;
  const inPart = (part: Part, below: string): readonly Route[] | Problem => {
    if (below === "" || below === "*") return everything(option, part);
    const field = headOf(below)?.name ?? below;
    const known = namesOf(option, part);
    if (known.includes(field)) return [{ place: part.place, path: below }];
    return wrong(`names no field of a ${part.definition.noun}`, offer(field, known, "It has"));
  };
  if (Object.hasOwn(LABELLED, name)) {
    const label = headOf(rest);
    const singular = LABELLED[name];
    if (label === undefined) return wrong(`names no ${singular}`, `Write ${name}.* for each of them.`);
    const group = parts.filter(({ place }) => place[0] === name);
    const meant = group.filter(({ place }) => label.name === "*" || place[1] === label.name);
    if (meant.length === 0 && label.name !== "*") {
      const labels = group.map(({ place }) => place[1] ?? "");
      return wrong(`names no ${singular}`, offer(label.name, labels, "Declared are"));
    }
    return collect(meant.map((part) => inPart(part, label.rest)));
  }
  if (name === "roster") {
    const roster = parts.find(({ place }) => place[0] === name);
    return roster === undefined ? wrong("names no roster", "None is declared.") : inPart(roster, rest);
  }
  const conversation = parts.filter(({ place }) => place.length === 0);
  const sharing = parts.filter((part) => part.place.length > 0 && isShared(name, part));
  return collect([
    ...conversation.map((part) => inPart(part, path)),
    sharing.map(({ place }) => ({ place, path })),
  ]);
}

export function isProblem(routes: readonly Route[] | Problem): routes is Problem {
  return "message" in routes;
}

/**
 * All paths of a part except those that the component sets: ignoring a new conversationSid would lose the member
 * together with the replaced conversation.
 */
function everything(option: PathOption, part: Part, besides: readonly string[] = []): readonly Route[] {
  const { place } = part;
  if (option !== "ignoreChanges") return [{ place, path: "*" }];
  const shared = besides.filter((name) => isShared(name, part));
  return [...new Set([...namesOf(option, part), ...shared])].map((path) => ({ place, path }));
}

/** The names that a path may start with. `hideDiffs` also takes fields that only Twilio sets. */
function namesOf(option: PathOption, { definition, place }: Part): string[] {
  const fields = declarable(definition).filter((name) => place.length === 0 || !GIVEN.includes(name));
  return option === "hideDiffs" ? [...fields, ...definition.outputs, ...definition.volatile] : fields;
}

function isShared(name: string, { definition, args }: Part): boolean {
  const own = (args as Readonly<Record<string, unknown>>)[name];
  return SHARED.includes(name) && own === undefined && declarable(definition).includes(name);
}

function declarable(definition: Definition): string[] {
  return fieldsOf(definition)
    .filter(({ policy }) => policy.internal !== true)
    .map(({ name }) => name);
}

/** All routes, or the first problem. */
function collect(found: readonly (readonly Route[] | Problem)[]): readonly Route[] | Problem {
  return found.find(isProblem) ?? (found as readonly (readonly Route[])[]).flat();
}

function offer(word: string, names: readonly string[], opening: string): string {
  const offered = names.length === 0 ? "None is declared." : `${opening} ${names.join(", ")}.`;
  return spellingHint(word, names, offered);
}

/** The first step of a Pulumi property path, such as `members` of `members.alice["a b"]`, and the rest. */
export interface PathHead {
  readonly name: string;
  /** The rest as a path of its own; empty at the end. */
  readonly rest: string;
}

/** Parses like `ParsePropertyPath` of Pulumi's engine; `*` stands for every name. Undefined for an invalid path. */
export function headOf(path: string): PathHead | undefined {
  const [whole, quoted, index, name] = /^(?:\["((?:\\"|[^"])+)"\]|\[(\*|\d+)\]|([^.[]+))/.exec(path) ?? [];
  if (whole === undefined) return undefined;
  const below = path.slice(whole.length);
  const rest = below.replace(/^\.(?=[^.[])/, "");
  if (rest.startsWith(".")) return undefined;
  return { name: quoted?.replaceAll('\\"', '"') ?? index ?? name ?? "", rest };
}

/** Whether the engine can parse the whole path; it ignores an invalid one. */
export function isPath(path: string): boolean {
  const head = headOf(path);
  return head !== undefined && (head.rest === "" || isPath(head.rest));
}
