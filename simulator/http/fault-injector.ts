import type { IncomingMessage } from "node:http";
import { type Fault, lagMs } from "../faults/fault";
import type { FaultScript } from "../faults/fault-script";
import { NotFoundError } from "../rules/errors";
import { type Answer, errorAnswer, faultAnswer } from "./answer";
import type { ApiRequest } from "./call-resolver";
import { formRecord, parseForm } from "./form";
import type { RequestLog } from "./request-log";
import type { RequestPipeline } from "./request-pipeline";
import type { Exchange, HttpServer } from "./server";

/** Serves API requests: applies faults, runs the operation, logs both. */
export class FaultInjector {
  constructor(
    readonly operations: RequestPipeline,
    readonly faults: FaultScript,
    readonly log: RequestLog,
  ) {}

  async handle(exchange: Exchange, server: HttpServer): Promise<void> {
    const { method, path, queryText, origin, startedAtMs: arrivedAtMs } = exchange;
    const atMs = server.clock.nowMs();
    const { headers, body } = await this.#read(exchange.request, server);
    const form = parseForm(body);
    const request: ApiRequest = {
      method,
      path,
      query: parseForm(queryText),
      body,
      headers,
      origin,
      arrivedAtMs,
    };
    const fault = this.faults.next(method, path, this.operations.api.isCreate(request));
    const status = await this.#serve(exchange, server, request, fault);
    this.log.add({
      method,
      status,
      atMs,
      ...(headers["authorization"] === undefined
        ? { path: brief(path), query: {}, form: {}, headers: {} }
        : {
            path,
            query: formRecord(request.query),
            form: formRecord(form),
            headers: loggedHeaders(headers),
          }),
      ...(fault && { fault }),
    });
    if (fault?.kind === "hang" && status === 0) {
      await server.hold(exchange, fault.delayMs);
    }
  }

  /**
   * Keeps no body of a request without a login. Also drops its login, so that the body does not count as empty if the
   * account is added meanwhile.
   */
  async #read(
    request: IncomingMessage,
    { bodies }: HttpServer,
  ): Promise<Pick<ApiRequest, "headers" | "body">> {
    const { headers } = request;
    if (this.operations.api.accountOf(headers)) return { headers, body: await bodies.read(request) };
    await bodies.discard(request);
    return { headers: { ...headers, authorization: undefined }, body: "" };
  }

  /** Sends the answer, unless a fault withholds it, and returns the status sent. */
  async #serve(exchange: Exchange, server: HttpServer, request: ApiRequest, fault?: Fault): Promise<number> {
    const isBefore = fault?.when !== "after";
    if (fault?.kind === "delay" && isBefore) await server.wait(fault.delayMs ?? 0);
    const isLost = fault?.kind === "status" || fault?.kind === "reset" || fault?.kind === "hang";
    let answer: Answer | undefined;
    if (!(isLost && isBefore)) answer = await this.#answer(request, fault);
    if (fault?.kind === "delay" && !isBefore) await server.wait(fault.delayMs ?? 0);
    if (fault?.kind === "status") answer = faultAnswer(fault);
    if (fault?.kind === "hang") return 0;
    if (fault?.kind === "reset" || !answer) {
      exchange.response.destroy();
      return 0;
    }
    if (fault?.kind === "not-found-although-created") {
      if (answer.status === 201 || answer.status === 202)
        answer = errorAnswer(new NotFoundError(this.operations.api.shownPath(request.path)));
      else this.faults.giveBack(fault);
    }
    if (fault?.kind === "truncate") server.sendHalf(exchange, answer);
    else server.send(exchange, answer);
    return answer.status;
  }

  #answer(request: ApiRequest, fault: Fault | undefined): Promise<Answer> {
    const readMs = fault?.kind === "lag" ? lagMs(fault) : 0;
    return this.operations.answer(request, { readMs, longestMs: this.faults.longestLagMs() });
  }
}

/** Copies a long path: a substring would keep the whole text in memory. */
function brief(path: string): string {
  return path.length <= 500 ? path : Buffer.from(path.slice(0, 500)).toString();
}

function loggedHeaders(headers: ApiRequest["headers"]): Record<string, string | string[]> {
  const logged: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name !== "authorization" && value !== undefined) logged[name] = value;
  }
  return logged;
}
