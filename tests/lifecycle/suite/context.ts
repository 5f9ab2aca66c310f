import assert from "node:assert/strict";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import { type RequestRecord, type Simulator, startSimulator } from "../../../simulator";
import { type Outcome, TestStack } from "../../support/stack/test-stack";
import type { Args, Declare } from "../../types/specimen";
import type { Kind } from "./kind";
import type { Subject } from "./subject";

/** What the steps of a group share: one simulator, one stack, and all kinds that live in it. */
export class LifecycleContext<K extends Kind = Kind> {
  /** What the program declares besides the subjects, before them. */
  before: ((declare: Declare) => void) | undefined;
  /** The same, after them. */
  extra: ((declare: Declare) => void) | undefined;
  /** The options of its resources, by name; `made` has those that are declared before. */
  optionsOf: ((name: string, made: ReadonlyMap<string, Resource>) => CustomResourceOptions) | undefined;

  private constructor(
    readonly simulator: Simulator,
    readonly stack: TestStack,
    readonly kinds: readonly K[],
  ) {}

  /** Made before the block's tests, gone after them; the steps are given what hands it out. */
  static inBlock<K extends Kind>(prepare: (simulator: Simulator) => Promise<K[]>): () => LifecycleContext<K> {
    let simulator: Simulator | undefined;
    let stack: TestStack | undefined;
    let context: LifecycleContext<K> | undefined;
    before(async () => {
      simulator = await startSimulator();
      stack = await TestStack.create(simulator, async () => context?.declareAll());
      context = new LifecycleContext(simulator, stack, await prepare(simulator));
    });
    after(async () => {
      // A set-up that failed must not keep the process alive.
      stack?.remove();
      await simulator?.close();
    });
    return () => {
      assert.ok(context, "the block's set-up has not run");
      return context;
    };
  }

  get subjects(): Subject[] {
    return this.kinds.flatMap(({ subjects }) => subjects);
  }

  kind(type: string): K {
    const found = this.kinds.find((kind) => kind.type === type);
    assert.ok(found, `${type} is not in this group`);
    return found;
  }

  idOf(name: string): string {
    return this.stack.state()[name]?.id ?? "";
  }

  /** The SIDs of what the program has only on loan. */
  lent(): Set<string> {
    const rows = Object.values(this.stack.state());
    return new Set(rows.filter(({ outputs }) => "before" in outputs).map(({ id }) => id));
  }

  /** A value for each kind by its name, so that a failed comparison names the kind. */
  perKind<Value>(measure: (kind: K) => Value): Record<string, Value> {
    return Object.fromEntries(this.kinds.map((kind) => [kind.type, measure(kind)]));
  }

  /** What is on Twilio is what is in state, which is as many as are declared. */
  assertAlive(): void {
    const rows = Object.values(this.stack.state());
    const inState = this.perKind(({ type: kind }) =>
      rows
        .filter(({ type }) => type.endsWith(`:${kind}`))
        .map(({ id }) => id)
        .sort(),
    );
    assert.deepEqual(
      inState,
      this.perKind((kind) => kind.sids()),
    );
    assert.deepEqual(
      this.perKind(({ type }) => inState[type]?.length),
      this.perKind((kind) => kind.declared().length),
    );
  }

  /** Runs with other declarations, and takes them back whatever comes of it. */
  async meanwhile(declareMore: () => void, run: () => Promise<void>): Promise<void> {
    const before = this.subjects.map((subject) => ({ subject, declarations: subject.declarations }));
    declareMore();
    try {
      await run();
    } finally {
      for (const { subject, declarations } of before) subject.declarations = declarations;
    }
  }

  private declareAll(): void {
    const made = new Map<string, Resource>();
    const declare: Declare = (resource, name, args, opts) => {
      // From no trigger to one the engine replaces nothing.
      const options = { replacementTrigger: "as it was", ...this.optionsOf?.(name, made), ...opts };
      const declared = new resource(name, args as never, options);
      made.set(name, declared);
      return declared;
    };
    this.before?.(declare);
    for (const subject of this.subjects) subject.run(declare);
    this.extra?.(declare);
  }
}

export function writes({ requests }: Outcome): RequestRecord[] {
  return requests.filter(({ method }) => method !== "GET");
}

/** A request in a line. Its path names the kind. */
export function describeRequest({ method, path, query }: RequestRecord): string {
  const page = query["PageSize"] === undefined ? "" : ` PageSize=${query["PageSize"]}`;
  return `${method} ${path}${page}`;
}

/** Every pair of a subject and its kind, which most steps go through. */
export function everySubject<K extends Kind>(
  kinds: readonly K[],
  visit: (subject: Subject, kind: K) => void,
): void {
  for (const kind of kinds) for (const subject of kind.subjects) visit(subject, kind);
}

/** A replacement that needs other fields to change with it. */
export function isWith(change: unknown): change is { with: Args } {
  return typeof change === "object" && change !== null && "with" in change;
}
