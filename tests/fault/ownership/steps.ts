import { UnverifiedError } from "../../../provider/core/errors";
import type { JsonObject } from "../../../provider/core/json";
import type { Lifecycle } from "../../../provider/core/lifecycle/lifecycle";

/** A resource as the engine has it in its state. */
export interface Standing {
  readonly sid: string;
  readonly state: JsonObject;
  readonly inputs: JsonObject;
}

export type Stack = ReadonlyMap<string, Standing>;

/** What an `up` leaves: the stack, and what the user reads. */
export interface Outcome {
  readonly stack: Stack;
  readonly errors: string[];
}

/**
 * The steps of an `up` as the engine takes them: it checks and diffs one resource after the other, and goes no further
 * while `parallel` steps are under way (step_executor.go at 3.255.0). After an error it begins nothing. What is replaced
 * and what the program has dropped is deleted last. With `parallel` 1 the SDK registers a resource only when the one before it is done.
 */
export async function up(
  lifecycle: Lifecycle,
  program: readonly (readonly [string, JsonObject])[],
  before: Stack,
  parallel: number,
  isRefreshing = false,
): Promise<Outcome> {
  const stack = new Map(before);
  for (const [name, { sid, state, inputs }] of isRefreshing ? before : []) {
    const found = await lifecycle.read(sid, state);
    if (found === undefined) stack.delete(name);
    else stack.set(name, { sid, state: found.state, inputs });
    if (found !== undefined) lifecycle.diff(sid, found.state, inputs);
  }
  const known = new Map(stack);
  const errors: string[] = [];
  const replaced: Standing[] = [];
  const underWay = new Set<Promise<void>>();
  for (const [name, declared] of program) {
    if (errors.length > 0) break;
    const old = known.get(name);
    const { inputs, failures } = lifecycle.check(old?.inputs ?? {}, declared);
    errors.push(...failures);
    const difference = old && lifecycle.diff(old.sid, old.state, inputs);
    if (difference?.changes === false) continue;
    const isReplaced = old !== undefined && (difference?.replaces.length ?? 0) > 0;
    if (isReplaced) {
      lifecycle.check({}, declared);
      replaced.push(old);
    }
    while (underWay.size >= parallel) await Promise.race(underWay);
    if (errors.length > 0) break;
    const step = take(lifecycle, isReplaced ? undefined : old, inputs).then(
      (standing) => void stack.set(name, standing),
      (error: unknown) => {
        errors.push(String(error));
        if (error instanceof UnverifiedError)
          stack.set(name, { sid: error.sid, state: error.state, inputs: old?.inputs ?? inputs });
      },
    );
    underWay.add(step);
    void step.then(() => underWay.delete(step));
    if (parallel === 1) await step;
  }
  await Promise.all(underWay);
  const deleted = (sid: string, state: JsonObject) =>
    lifecycle.delete(sid, state).catch((error: unknown) => void errors.push(String(error)));
  for (const { sid, state } of errors.length > 0 ? [] : replaced) await deleted(sid, state);
  const kept = new Set(program.map(([name]) => name));
  for (const [name, { sid, state }] of known) {
    if (errors.length > 0 || kept.has(name)) continue;
    await deleted(sid, state);
    // What could not be deleted stays in the stack.
    if (errors.length === 0) stack.delete(name);
  }
  return { stack, errors };
}

async function take(lifecycle: Lifecycle, old: Standing | undefined, inputs: JsonObject): Promise<Standing> {
  if (old === undefined) return { ...(await lifecycle.create(inputs)), inputs };
  return { ...old, state: await lifecycle.update(old.sid, old.state, inputs), inputs };
}
