import type { Agent } from "node:http";
import type { RequestInit } from "node-fetch";
import { type Clock, systemClock } from "./clock";
import { ApiError, RateLimitError, TwilioError } from "./errors";
import { fetch } from "./es-packages";
import { notifyOnConnect } from "./on-connect";
import { Slots } from "./pacing/slots";
import { WriteGate } from "./pacing/write-gate";
import { writeScope } from "./pacing/write-scope";
import { requestUrl } from "./path";
import { agentFor, type ProxyEnv } from "./proxy";
import { ACCOUNT_PATH, type ApiRequest, type ApiResponse, webhookHeader } from "./request";
import { toAnswer } from "./response";
import { RequestAttempts } from "./retry/attempts";
import { Circuit, isHeldBack } from "./retry/circuit";
import { Deadline } from "./retry/deadline";
import { networkFailure } from "./retry/network-failure";
import { type Backoff, defaultBackoff, failureKind, probeDelayMs, retryDelayMs } from "./retry/retry";

export type { ApiRequest, ApiResponse as ApiAnswer } from "./request";

export interface ClientSettings {
  /** Like https://conversations.twilio.com. */
  origin: string;
  /** Name of the environment variable or config key that sets this origin, if one does. */
  addressName?: string;
  /** The account SID, or an API key's SID. */
  username: string;
  /** The auth token, or the API key's secret. */
  password: string;
  accountSid: string;
  /** Maximum number of requests in flight. */
  concurrency: number;
  /** Writes per second for each conversation or service; 0 switches the limit off. */
  writesPerSecond: number;
  /** Limit for one request, with all its retries and waits. */
  timeoutMs: number;
  /** Give up on a refused connection or an unknown host after this; 10 seconds unless given. */
  maxAbsentMs?: number;
  /** Limit for one attempt; 30 seconds unless given. */
  attemptTimeoutMs?: number;
  userAgent: string;
  /** The environment; the client reads HTTPS_PROXY, ALL_PROXY and NO_PROXY. */
  proxyEnv?: ProxyEnv;
  random?: () => number;
  backoff?: Backoff;
  clock?: Clock;
}

const defaultAttemptTimeoutMs = 30_000;

/** A create volunteers as a probe only after reads that have failed fewer times than this. */
const createReluctance = 3;

/** The health check of the API: reads no object and needs no permission. */
const healthQuestion: ApiRequest = {
  method: "GET",
  path: ACCOUNT_PATH,
  repeatable: true,
  attempting: "ask whether the API answers",
};

/** HTTP client for Twilio: keeps its limits, retries when safe, stops at the deadline. */
export class TwilioClient {
  readonly #origin: string;
  readonly #named: Pick<ApiRequest, "addressName">;
  readonly #agent: Agent;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #secrets: readonly string[];
  readonly #timeoutMs: number;
  readonly #attemptTimeoutMs: number;
  readonly #backoff: Backoff;
  readonly #random: () => number;
  readonly #clock: Clock;
  readonly #slots: Slots;
  readonly #gate: WriteGate;
  readonly #circuit: Circuit;
  readonly #deadlines = new Set<Deadline>();
  #closed = false;

  constructor(settings: ClientSettings) {
    const {
      username,
      password,
      accountSid,
      backoff = defaultBackoff,
      random = Math.random,
      clock = systemClock,
      timeoutMs,
    } = settings;
    this.#origin = new URL(settings.origin).origin;
    this.#named = settings.addressName === undefined ? {} : { addressName: settings.addressName };
    this.#agent = agentFor(this.#origin, settings.proxyEnv);
    const credentials = Buffer.from(`${username}:${password}`).toString("base64");
    this.#headers = {
      Accept: "application/json",
      Authorization: `Basic ${credentials}`,
      "User-Agent": settings.userAgent,
    };
    this.#secrets = [password, credentials, ...(username === accountSid ? [] : [username])];
    this.#timeoutMs = timeoutMs;
    this.#attemptTimeoutMs = settings.attemptTimeoutMs ?? defaultAttemptTimeoutMs;
    this.#backoff = backoff;
    this.#random = random;
    this.#clock = clock;
    this.#slots = new Slots(settings.concurrency);
    this.#gate = new WriteGate(this.#slots, settings.writesPerSecond, clock);
    const question = { request: healthQuestion, send: () => this.#askForHealth() };
    this.#circuit = new Circuit(
      (opening) => probeDelayMs(opening, backoff, timeoutMs, random),
      clock,
      question,
      settings.maxAbsentMs,
    );
  }

  /** Sends a request and retries it if its kind allows. Throws a TwilioError when no answer can be returned. */
  async request(request: ApiRequest, signal?: AbortSignal): Promise<ApiResponse> {
    const url = requestUrl(this.#origin, request);
    const deadline = new Deadline(this.#timeoutMs, signal, this.#clock);
    const attempts = new RequestAttempts({ ...request, ...this.#named }, url, deadline, this.#timeoutMs);
    if (this.#circuit.isGivenUp) {
      deadline.dispose();
      throw attempts.givenUp(this.#circuit.cause);
    }
    this.#deadlines.add(deadline);
    if (this.#closed) deadline.cancel();
    try {
      return await deadline.race(this.#attempts(attempts));
    } catch (error) {
      if (deadline.expired) this.#circuit.timeIsUp(this.#timeoutMs);
      throw attempts.verdict(error, this.#circuit.cause);
    } finally {
      deadline.dispose();
      this.#deadlines.delete(deadline);
    }
  }

  /** Cancels requests in flight and closes the connections. */
  close(): void {
    this.#closed = true;
    for (const deadline of this.#deadlines) deadline.cancel();
    this.#agent.destroy();
  }

  async #attempts(attempts: RequestAttempts): Promise<ApiResponse> {
    for (;;) {
      try {
        return await this.#attempt(attempts);
      } catch (error) {
        const isInVain = attempts.hasMetNobody(error, this.#circuit);
        if (isInVain) this.#circuit.giveUp();
        if (isHeldBack(error) && (isInVain || this.#circuit.isGivenUp))
          throw attempts.givenUp(this.#circuit.cause);
        if (isInVain || !attempts.canGoOn(error)) throw error;
        await this.#clock.sleep(this.#pauseMs(attempts, error), attempts.deadline.signal);
      }
    }
  }

  #pauseMs(attempts: RequestAttempts, error: unknown): number {
    if (!isHeldBack(error)) {
      const askedMs = error instanceof ApiError ? error.retryAfterMs : undefined;
      const delayMs = retryDelayMs(attempts.failures, askedMs, this.#backoff, this.#random);
      return failureKind(error) === "absent" ? Math.min(delayMs, this.#circuit.decidesInMs) : delayMs;
    }
    // Prefer a read that has not failed yet as the next probe: it is safe to repeat, and not itself the cause.
    const reluctance = attempts.failures + (attempts.request.repeatable ? 0 : createReluctance);
    return this.#circuit.probeInMs + 1 + reluctance * this.#backoff.baseMs;
  }

  async #attempt(attempts: RequestAttempts): Promise<ApiResponse> {
    const { request, deadline } = attempts;
    deadline.signal.throwIfAborted();
    const release = await this.#gate.enter(writeScope(request.method, request.path), deadline.signal);
    try {
      return await this.#circuit.execute(request, () => this.#send(attempts), deadline.signal);
    } finally {
      release();
    }
  }

  async #askForHealth(): Promise<void> {
    const deadline = new Deadline(this.#timeoutMs, undefined, this.#clock);
    this.#deadlines.add(deadline);
    try {
      const url = requestUrl(this.#origin, healthQuestion);
      await this.#exchange(
        new RequestAttempts({ ...healthQuestion, ...this.#named }, url, deadline, this.#timeoutMs),
      );
    } finally {
      deadline.dispose();
      this.#deadlines.delete(deadline);
    }
  }

  async #send(attempts: RequestAttempts): Promise<ApiResponse> {
    const sentAtMs = this.#clock.nowMs();
    attempts.sending();
    try {
      const answer = await this.#exchange(attempts);
      this.#slots.answered();
      // A new connection adds round trips of its own, so only reused ones measure latency.
      if (attempts.isReused && attempts.request.method !== "GET")
        this.#gate.answered(this.#clock.nowMs() - sentAtMs);
      return answer;
    } catch (error) {
      attempts.failed(error);
      if (error instanceof RateLimitError) this.#slots.throttled(sentAtMs, this.#clock.nowMs());
      throw error;
    }
  }

  async #exchange(attempts: RequestAttempts): Promise<ApiResponse> {
    const { request, url, deadline } = attempts;
    const patience = new Deadline(this.#attemptTimeoutMs, deadline.signal, this.#clock);
    try {
      const response = await fetch(url, this.#requestInit(attempts, patience.signal));
      const text = await response.text().catch(() => undefined);
      if (patience.signal.aborted) throw attempts.interrupted(this.#attemptTimeoutMs);
      const { status, headers } = response;
      return toAnswer(request, { status, headers, text, receivedAtMs: Date.now() }, this.#secrets);
    } catch (error) {
      if (error instanceof TwilioError) throw error;
      throw patience.signal.aborted
        ? attempts.interrupted(this.#attemptTimeoutMs)
        : networkFailure(request, error, { url, isConnected: attempts.isConnected });
    } finally {
      patience.dispose();
    }
  }

  #requestInit(attempts: RequestAttempts, signal: AbortSignal): RequestInit {
    const { method, form } = attempts.request;
    return {
      method,
      headers: { ...this.#headers, ...webhookHeader(attempts.request) },
      body: method === "POST" ? new URLSearchParams(form) : null,
      agent: notifyOnConnect(this.#agent, (isReused) => attempts.connected(isReused)),
      redirect: "manual",
      signal,
    };
  }
}
