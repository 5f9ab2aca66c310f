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
  /** The variable, or the key of the config, that holds this origin, where one does. */
  addressName?: string;
  /** The account SID, or an API key's SID. */
  username: string;
  /** The auth token, or the API key's secret. */
  password: string;
  accountSid: string;
  /** Requests in flight at most. */
  concurrency: number;
  /** Writes per second of one conversation or service; 0 switches the limit off. */
  writesPerSecond: number;
  /** For one request with all its retries and waits. */
  timeoutMs: number;
  /** How long nobody may be there (a refused connection, an unknown name); 10 seconds unless given. */
  maxAbsentMs?: number;
  /** For one attempt; 30 seconds unless given. */
  attemptTimeoutMs?: number;
  userAgent: string;
  /** The environment's variables, of which HTTPS_PROXY, ALL_PROXY and NO_PROXY count. */
  proxyEnv?: ProxyEnv;
  random?: () => number;
  backoff?: Backoff;
  clock?: Clock;
}

const defaultAttemptTimeoutMs = 30_000;

/** A create offers itself as a probe after the reads that failed less often than this. */
const createReluctance = 3;

/** Asked where it is to be seen whether the API answers at all: it takes no object, and no permission matters. */
const healthQuestion: ApiRequest = {
  method: "GET",
  path: ACCOUNT_PATH,
  repeatable: true,
  attempting: "ask whether the API answers",
};

/** Sends requests to Twilio: within its limits, again when that is safe, and never beyond the deadline. */
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

  /** Sends a request, retries it as far as its kind allows, and throws a TwilioError when there is no answer to give. */
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

  /** Ends what is in flight and closes the connections. */
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
    // The next probe is best a read that has not failed yet: it costs no doubt, and is not itself what fails.
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
      // To make a connection takes round trips of its own.
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
