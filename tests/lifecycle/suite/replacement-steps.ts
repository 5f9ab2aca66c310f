import assert from "node:assert/strict";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import { deletesBeforeReplace } from "../../../provider/core/definition/define";
import type { Outcome } from "../../support/stack/test-stack";
import { everySubject } from "./context";
import { type Context, type CurrentContext, naming } from "./existence-steps";
import { isUntold } from "./kind";

// Steps on the ways in which the engine replaces without asking for a diff: by command, by trigger, with another.

/** Who is replaced, besides those that a command names. */
export interface Replaced {
  /** Each by its trigger, which becomes this one. */
  readonly triggered: ReadonlySet<string>;
  readonly replacementTrigger: string;
  /** Each along with the leader. */
  readonly following: ReadonlySet<string>;
  /**
   * No resource that is deleted before it is replaced: the engine then deletes the followers too, comes to them once more
   * meanwhile, and writes a state that it refuses to read, "duplicate resource" (found at 3.255.0).
   */
  readonly leader: string;
}

export function optionsOf({ triggered, replacementTrigger, following, leader }: Replaced) {
  return (name: string, made: ReadonlyMap<string, Resource>): CustomResourceOptions => {
    const other = following.has(name) ? made.get(leader) : undefined;
    return {
      ...(triggered.has(name) && { replacementTrigger }),
      ...(other !== undefined && { replaceWith: [other] }),
    };
  };
}

interface Trio {
  /** Declared before the base: replaced by its trigger. */
  readonly before: string;
  /** Replaced by command. */
  readonly base: string;
  /** Declared after the base: replaced along with the leader. */
  readonly after: string;
  readonly noun: string;
  /** Whether the base is another object once it is replaced. */
  readonly isAnew: boolean;
}

/** Each kind in every such way, in two runs. */
export function survivesReplaceAndTaint(current: CurrentContext): void {
  it("survives up --replace and state taint, and is replaced by its trigger and with others", async () => {
    const context = current();
    const { stack } = context;
    const trios: Trio[] = [];
    everySubject(context.kinds, (subject, kind) => {
      const base = subject.name("base-renamed");
      const names = Object.keys(subject.declarations);
      const [before = "", after = ""] = [-1, 1].map((step) => names[names.indexOf(base) + step]);
      // Nothing tells a replacement by command from a new resource: whether to make another is for the program to say.
      if (isUntold(kind, subject.declared("base-renamed")))
        subject.change("base-renamed", { adopt: "never" });
      const { definition } = kind.specimen;
      const isAnew =
        deletesBeforeReplace(definition) || subject.declared("base-renamed")["adopt"] === "never";
      trios.push({ before, base, after, noun: naming(definition), isAnew });
    });
    const urns = trios.map(({ base }) => stack.state()[base]?.urn ?? "");
    await replaceEach(context, trios, "first", () => stack.up({ replace: urns }));
    await stack.run("state", "taint", ...urns, "--yes");
    await replaceEach(context, trios, "second", () => stack.up());
  });
}

async function replaceEach(
  context: Context,
  trios: readonly Trio[],
  replacementTrigger: string,
  up: () => Promise<Outcome>,
): Promise<void> {
  const leader = context.kinds.find(({ specimen }) => !deletesBeforeReplace(specimen.definition))
    ?.subjects[0];
  const triggered = new Set(trios.map(({ before }) => before));
  const following = new Set(trios.map(({ after }) => after));
  context.optionsOf = optionsOf({
    triggered,
    replacementTrigger,
    following,
    leader: leader?.name("base-renamed") ?? "",
  });
  const lent = context.lent();
  const old = new Map(
    trios
      .flatMap(({ before, base, after }) => [before, base, after])
      .map((name) => [name, context.idOf(name)] as const),
  );
  const { text } = await up();
  context.assertAlive();
  for (const [name, id] of old) {
    const isAnew = !lent.has(id) && (trios.find(({ base }) => base === name)?.isAnew ?? true);
    assert.equal(context.idOf(name) !== id, isAnew, `${name} was ${id}, and is ${context.idOf(name)}`);
  }
  for (const { noun, isAnew } of trios)
    if (!isAnew) assert.match(text, new RegExp(`${noun} was kept[^\\n]* not replaced: set adopt: "never"`));
}
