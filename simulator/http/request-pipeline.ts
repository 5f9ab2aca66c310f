import type { Past } from "../faults/history";
import type { Prepared } from "../resources/route";
import { ApiError } from "../rules/errors";
import type { Call } from "../rules/world";
import type { AccountState } from "../state/account-state";
import type { Webhooks } from "../webhooks/webhooks";
import { type Answer, errorAnswer, jsonAnswer } from "./answer";
import type { ApiRequest, CallResolver } from "./call-resolver";
import { UnderWay } from "./contention";
import type { RateLimiter } from "./rate-limiter";
import type { Match } from "./router";

/** The lag of reads behind writes. */
export interface Lag {
  /** How far this read lags; 0 is none. */
  readMs: number;
  /** The longest lag of any read, for which writes keep past states; 0 is none. */
  longestMs: number;
}

/** Runs one operation: authenticates, resolves, limits, then executes with webhooks. */
export class RequestPipeline {
  readonly #underWay = new UnderWay();

  constructor(
    readonly api: CallResolver,
    readonly limiter: RateLimiter,
    readonly webhooks: Webhooks,
    readonly past: Past,
    readonly changed: () => void,
    /** The duration of an operation from its arrival, during which it is in flight. */
    readonly work: (arrivedAtMs: number) => Promise<void> | undefined,
  ) {}

  async answer(request: ApiRequest, lag: Lag): Promise<Answer> {
    try {
      return await this.#run(request, lag);
    } catch (error) {
      return errorAnswer(error);
    }
  }

  async #run(request: ApiRequest, lag: Lag): Promise<Answer> {
    const { switches, limits } = this.api.accounts.world;
    const { account } = this.api.authenticate(request);
    const leave = this.limiter.enter(
      account.accountSid,
      limits.concurrentRequests,
      switches.retryAfter === "send",
    );
    let letGo: (() => void) | undefined;
    try {
      // Without a latency and a webhook nothing is awaited: the request is not under way when another arrives.
      const working = this.work(request.arrivedAtMs);
      if (working || isAskedFor(request) || !this.#underWay.isEmpty) letGo = this.#hold(request);
      if (working) await working;
      const match = this.api.match(request);
      const call = this.#call(request, this.api.authenticate(request), match, lag);
      this.limiter.count(match.route, call);
      const prepared = match.route.prepare(call);
      if (!prepared.event || !isAskedFor(request)) return this.#commit(request, call, prepared, lag);
      const asking = this.webhooks.ask(call.account, prepared.event, match.route.fields, call.form);
      if (!asking) return this.#commit(request, call, prepared, lag);
      const form = await asking;
      // The webhook took time and may have changed the form: check everything again against the current store.
      const again = { ...this.#call(request, this.api.authenticate(request), match, lag), form };
      return this.#commit(request, again, match.route.prepare(again), lag);
    } finally {
      letGo?.();
      leave();
    }
  }

  /** Holds what the request changes until it is answered. One that cannot be resolved changes nothing. */
  #hold(request: ApiRequest): (() => void) | undefined {
    let match: Match;
    let call: Call;
    try {
      match = this.api.match(request);
      call = this.api.call(request, this.api.authenticate(request), match);
    } catch (error) {
      if (error instanceof ApiError) return undefined;
      throw error;
    }
    return this.#underWay.enter(match.route, call);
  }

  #call(request: ApiRequest, account: AccountState, match: Match, lag: Lag): Call {
    if (lag.readMs === 0 || match.route.method !== "GET") return this.api.call(request, account, match);
    const nowMs = this.api.accounts.world.clock.nowMs();
    return this.api.call(request, this.past.before(account, nowMs, lag.readMs), match);
  }

  #commit(request: ApiRequest, call: Call, prepared: Prepared, lag: Lag): Answer {
    const { account, clock } = call;
    if (!prepared.commit) return jsonAnswer(prepared.status, prepared.body());
    this.past.remember(account, clock.nowMs(), lag.longestMs);
    const { event } = prepared;
    const tell = event && isAskedFor(request) ? this.webhooks.watch(account, event) : undefined;
    prepared.commit();
    this.changed();
    tell?.();
    return jsonAnswer(prepared.status, prepared.body());
  }
}

/** REST calls fire webhooks only on request. */
function isAskedFor({ headers }: ApiRequest): boolean {
  return String(headers["x-twilio-webhook-enabled"] ?? "").toLowerCase() === "true";
}
