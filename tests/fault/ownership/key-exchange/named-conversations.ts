import { deepEqual, equal } from "node:assert/strict";
import type { JsonObject } from "../../../../provider/core/json";
import { conversation } from "../../../../provider/resources/conversation/conversation";
import { useLife } from "../../life";
import { type Outcome, type Stack, up } from "../steps";

/** The unique names that a program gives its conversations, by resource; null for none. */
export type Names = Readonly<Record<string, string | null>>;

/** How a run is cut: from some request on, each one is refused, or is carried out or not without an answer. */
export const CUTS = {
  refused: { kind: "status", status: 400, code: 20001 },
  "lost before": { kind: "reset", when: "before" },
  "lost after": { kind: "reset", when: "after" },
} as const;

/** What gets no answer is given up soon. */
export const SOON = { timeoutSeconds: "12" };

export function inReverse(names: Names): Names {
  return Object.fromEntries(Object.entries(names).reverse());
}

const OLD = "2020-01-01T00:00:00Z";

/** Conversations of one program that are told apart by their friendly names, whatever becomes of their unique names. */
export function useNamedConversations(config: Record<string, string> = {}) {
  const life = useLife();
  const programOf = (names: Names) =>
    Object.entries(names).map(([name, uniqueName]): [string, JsonObject] => [
      name,
      { uniqueName, friendlyName: name },
    ]);
  const apply = (names: Names, stack: Stack = new Map(), parallel = 8, isRefreshing = false) =>
    up(life.run(conversation, config).lifecycle, programOf(names), stack, parallel, isRefreshing);
  /** An `up --target` of the resources that are named. */
  async function applyTo(targets: readonly string[], names: Names, stack: Stack): Promise<Outcome> {
    const isTarget = ([name]: readonly [string, unknown]) => targets.includes(name);
    const some = Object.fromEntries(Object.entries(names).filter(isTarget));
    const { stack: changed, errors } = await apply(some, new Map([...stack].filter(isTarget)));
    return { stack: new Map([...stack, ...changed]), errors };
  }
  const live = () =>
    Object.fromEntries(life.simulator.conversations().map((row) => [row.friendly_name, row.unique_name]));
  /** A stack of conversations that have been there for long. */
  async function standing(names: Names): Promise<Stack> {
    const { stack, errors } = await apply(names);
    deepEqual(errors, []);
    for (const { sid } of stack.values()) life.simulator.change(sid, { date_created: OLD });
    return stack;
  }
  /** Everything is as declared, and a second `up` after a refresh finds nothing to do. */
  async function isSettled({ stack, errors }: Outcome, names: Names): Promise<void> {
    deepEqual(errors, []);
    deepEqual(live(), names);
    const { lifecycle } = life.run(conversation);
    for (const [name, inputs] of programOf(names)) {
      const { sid, state } = stack.get(name) ?? { sid: "", state: {} };
      const found = await lifecycle.read(sid, state);
      equal(lifecycle.diff(sid, found?.state ?? {}, inputs).changes, false, name);
    }
  }
  return { life, programOf, apply, applyTo, live, standing, isSettled };
}
