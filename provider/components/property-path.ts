/** The first step of one of Pulumi's property paths, such as `members` of `members.alice["a b"]`, and what is below. */
export interface PathHead {
  readonly name: string;
  /** The rest, as a path of its own; empty where nothing is below. */
  readonly rest: string;
}

/** As `ParsePropertyPath` of Pulumi's engine reads them; `*` stands for every name. Undefined where it is no path. */
export function headOf(path: string): PathHead | undefined {
  const [whole, quoted, index, name] = /^(?:\["((?:\\"|[^"])+)"\]|\[(\*|\d+)\]|([^.[]+))/.exec(path) ?? [];
  if (whole === undefined) return undefined;
  const below = path.slice(whole.length);
  const rest = below.replace(/^\.(?=[^.[])/, "");
  if (rest.startsWith(".")) return undefined;
  return { name: quoted?.replaceAll('\\"', '"') ?? index ?? name ?? "", rest };
}

/** Whether the engine can read all of it: it ignores what it cannot. */
export function isPath(path: string): boolean {
  const head = headOf(path);
  return head !== undefined && (head.rest === "" || isPath(head.rest));
}
