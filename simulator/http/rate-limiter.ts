import type { Route } from "../resources/route";
import { findConversation } from "../rules/conversations";
import { CodedError } from "../rules/errors";
import type { Call } from "../rules/world";

export type RateLimit = "off" | "twilio" | number;

const windowMs = 1_000;
const twilioWrites = 30;

const perService: ReadonlySet<string> = new Set(["User", "Role", "ConversationWithParticipants"]);
const perConversation: ReadonlySet<string> = new Set(["Participant", "Message"]);

/**
 * Limits writes per second and concurrent requests. Writes count per conversation (its update, participants and
 * messages) or per service (creating and deleting conversations, users, roles). Concurrent requests count per account.
 */
export class RateLimiter {
  readonly #writes: number;
  readonly #hasCeiling: boolean;
  readonly #recent = new Map<string, number[]>();
  readonly #inFlight = new Map<string, number>();

  constructor(limit: RateLimit = "off") {
    this.#writes = limit === "off" ? Number.POSITIVE_INFINITY : limit === "twilio" ? twilioWrites : limit;
    this.#hasCeiling = limit === "twilio";
  }

  /** Counts a request of an account in; the function returned counts it out. */
  enter(accountSid: string, maxConcurrent: number, sendsRetryAfter: boolean): () => void {
    const count = (this.#inFlight.get(accountSid) ?? 0) + 1;
    if (this.#hasCeiling && count > maxConcurrent) throw tooMany(sendsRetryAfter);
    this.#inFlight.set(accountSid, count);
    return () => this.#inFlight.set(accountSid, (this.#inFlight.get(accountSid) ?? 1) - 1);
  }

  /** Refuses a write beyond its scope's limit. Reads are free. */
  count(route: Route, call: Call): void {
    if (this.#writes === Number.POSITIVE_INFINITY) return;
    const key = keyOf(route, call);
    if (key === undefined) return;
    const nowMs = call.clock.nowMs();
    const recent = (this.#recent.get(key) ?? []).filter((atMs) => atMs > nowMs - windowMs && atMs <= nowMs);
    this.#recent.set(key, recent);
    if (recent.length >= this.#writes) throw tooMany(call.switches.retryAfter === "send");
    recent.push(nowMs);
  }
}

function tooMany(sendsRetryAfter: boolean): CodedError {
  const error = new CodedError(20429);
  if (sendsRetryAfter) error.headers["Retry-After"] = "1";
  return error;
}

function keyOf({ resource, operation, method }: Route, call: Call): string | undefined {
  if (method === "GET") return undefined;
  const isConversationUpdate = resource === "Conversation" && operation === "update";
  if (perConversation.has(resource) || isConversationUpdate) {
    const id = call.parameters["ConversationSid"] ?? call.parameters["Sid"] ?? "";
    return findConversation(call, id)?.sid;
  }
  return resource === "Conversation" || perService.has(resource) ? call.service.sid : undefined;
}
