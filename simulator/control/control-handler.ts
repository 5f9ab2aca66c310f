import { faultsOf } from "../faults/fault";
import { type Answer, jsonAnswer } from "../http/answer";
import type { Exchange, HttpServer } from "../http/server";
import { UnknownNameError, UsageError } from "../rules/errors";
import type { Simulator } from "../simulator-types";
import type { Json, JsonObject } from "../state/rows";
import { Listed } from "./listed";
import { sidOf } from "./naming";
import { parsedJson } from "./parsed-json";
import { seedOf } from "./seed-file";

/** Maximum number of known names in an error. */
const mostKnown = 1_000;

/** The logs of the past, read entry by entry. */
export interface Logs {
  requests(): Iterable<unknown>;
  /** Waits until no delivery is under way. */
  deliveries(): Promise<Iterable<unknown>>;
}

type Operation = (simulator: Simulator, body: JsonObject, raw: unknown, logs: Logs) => unknown;

/** `/_control`: what a test changes from outside the API. JSON in, JSON out, no credentials. */
const operations: Record<string, Operation> = {
  "POST /_control/reset": (simulator) => simulator.reset(),
  "POST /_control/seed": (simulator, _body, raw) => simulator.seed(seedOf(raw)),
  "POST /_control/change": (simulator, body) => {
    const { sid, fields, uncheckedAttributes = false } = body;
    if (typeof fields !== "object" || fields === null || Array.isArray(fields)) {
      throw new UsageError("fields must be an object");
    }
    if (typeof uncheckedAttributes !== "boolean")
      throw new UsageError("uncheckedAttributes must be true or false");
    return simulator.change(sidOf(simulator, textOf(sid, "sid")), fields, { uncheckedAttributes });
  },
  "POST /_control/delete": (simulator, body) =>
    simulator.remove(sidOf(simulator, textOf(body["sid"], "sid"))),
  "POST /_control/faults": (simulator, _body, raw) => {
    for (const fault of faultsOf(raw)) simulator.addFault(fault);
  },
  "GET /_control/faults": (simulator) => ({ faults: simulator.faults() }),
  "DELETE /_control/faults": (simulator) => simulator.clearFaults(),
  "GET /_control/clock": (simulator) => ({ nowMs: simulator.clock.nowMs() }),
  "POST /_control/clock": (simulator, { nowMs, advanceMs }) => {
    if (typeof nowMs === "number") simulator.clock.set(nowMs);
    else if (typeof advanceMs === "number") simulator.clock.advance(advanceMs);
    else throw new UsageError("nowMs or advanceMs must be a number");
    return { nowMs: simulator.clock.nowMs() };
  },
  "GET /_control/requests": (_simulator, _body, _raw, logs) => new Listed("requests", logs.requests()),
  "GET /_control/webhooks": async (_simulator, _body, _raw, logs) =>
    new Listed("deliveries", await logs.deliveries()),
  "DELETE /_control/requests": (simulator) => simulator.clearRequests(),
};

export class ControlHandler {
  constructor(
    readonly simulator: () => Simulator,
    readonly logs: Logs,
  ) {}

  async handle(exchange: Exchange, server: HttpServer): Promise<void> {
    const answer = await this.#answer(exchange, server);
    if (answer instanceof Listed) await server.sendPieces(exchange, answer.pieces());
    else server.send(exchange, answer);
  }

  async #answer({ method, path, request }: Exchange, { bodies }: HttpServer): Promise<Answer | Listed> {
    const key = `${method} ${path}`;
    const operation = Object.hasOwn(operations, key) ? operations[key] : undefined;
    // A browser sends this type across origins only after a preflight request.
    const isJson = String(request.headers["content-type"] ?? "").startsWith("application/json");
    const isRefused = !operation || (method === "POST" && !isJson);
    if (isRefused) await bodies.discard(request);
    if (!operation)
      return jsonAnswer(404, { error: `unknown: ${key}. Known: ${Object.keys(operations).join(", ")}` });
    if (isRefused) return jsonAnswer(415, { error: "Content-Type must be application/json" });
    const text = await bodies.read(request);
    try {
      const raw = text === "" ? {} : parsedJson(text);
      const isObject = typeof raw === "object" && raw !== null && !Array.isArray(raw);
      const body = isObject ? (raw as JsonObject) : {};
      const result = await operation(this.simulator(), body, raw, this.logs);
      if (result instanceof Listed) return result;
      return jsonAnswer(200, result === undefined ? { ok: true } : (result as JsonObject));
    } catch (error) {
      const isTheirs =
        error instanceof UsageError || error instanceof SyntaxError || error instanceof RangeError;
      return jsonAnswer(isTheirs ? 400 : 500, {
        error: error instanceof Error ? error.message : "unknown",
        ...(error instanceof UnknownNameError && {
          given: error.given,
          known: error.known.slice(0, mostKnown),
        }),
      });
    }
  }
}

function textOf(value: Json | undefined, name: string): string {
  if (typeof value !== "string" || value === "") throw new UsageError(`${name} must be text`);
  return value;
}
