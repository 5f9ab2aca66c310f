import type { Route } from "../resources/route";
import { contentionOf } from "../rules/contention";
import { CodedError } from "../rules/errors";
import type { Call } from "../rules/world";

/** What the requests that take time keep to themselves: with a latency, or while a pre-webhook is asked. */
export class UnderWay {
  readonly #held = new Set<string>();

  get isEmpty(): boolean {
    return this.#held.size === 0;
  }

  /** Refuses a request for something that another holds. The function returned lets go of what this one holds. */
  enter(route: Route, call: Call): () => void {
    const { holds, refusals } = contentionOf(route, call);
    for (const [key, code] of refusals) if (this.#held.has(key)) throw new CodedError(code);
    for (const key of holds) this.#held.add(key);
    return () => {
      for (const key of holds) this.#held.delete(key);
    };
  }
}
