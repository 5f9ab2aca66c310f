import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../clock";
import { ApiError, ListenError } from "../rules/errors";
import type { SidSource } from "../sid";
import { type Answer, errorAnswer } from "./answer";
import { Bodies } from "./body";

/** A request with a parsed target; its body is still unread. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly path: string;
  readonly queryText: string;
  readonly origin: string;
  readonly startedAtMs: number;
}

export type Handler = (exchange: Exchange) => Promise<void>;

const jsonType = "application/json; charset=utf-8";
/** Each may have a head of 16 KiB under way. No program opens so many. */
const maxConnections = 1_000;
/** Beyond this number each connection closes after its answer, so that passing clients leave room for others. */
const manyConnections = 500;
/** Per connection: a client that sends more without waiting does not read the answers either. */
const maxUnanswered = 10;

/** The listening HTTP server: accepts any bytes, and no request can end the process. */
export class HttpServer {
  readonly bodies = new Bodies();
  readonly #server: Server;
  readonly #closing = new AbortController();
  readonly #unanswered = new WeakMap<Socket, number>();
  #address = "";
  #connections = 0;
  #inFlight = 0;

  constructor(
    readonly clock: Clock,
    readonly sids: SidSource,
    handler: Handler,
  ) {
    this.#server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
      this.#serve(request, response, handler).catch(() => response.destroy());
    });
    this.#server.maxConnections = maxConnections;
    this.#server.on("connection", (socket: Socket) => {
      this.#connections += 1;
      socket.once("close", () => {
        this.#connections -= 1;
      });
    });
    this.#server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
      if (socket.writable) socket.end(refusal(error.code === "HPE_HEADER_OVERFLOW" ? 431 : 400));
      else socket.destroy();
    });
  }

  get url(): string {
    return this.#address;
  }

  /** Listens on the first free port of these. */
  async listen([port = 0, ...others]: readonly number[], host: string): Promise<void> {
    try {
      const listening = once(this.#server, "listening");
      this.#server.listen(port, host);
      await listening;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === "EADDRINUSE" && others.length > 0) return this.listen(others, host);
      throw new ListenError(host, port, code ?? message);
    }
    const { address, port: bound, family } = this.#server.address() as AddressInfo;
    this.#address = `http://${family === "IPv6" ? `[${address}]` : address}:${bound}`;
  }

  close(): Promise<void> {
    this.#closing.abort();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  /** Waits, at most until the server closes. */
  async wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#closing.signal }).catch(() => undefined);
  }

  /** Waits until a moment of the process's clock. Node counts whole milliseconds and fires rather late. */
  async waitUntil(atMs: number): Promise<void> {
    await this.wait(Math.floor(atMs - performance.now()));
  }

  /** Leaves a request unanswered for so long, or until the client or the server gives up. */
  async hold({ response }: Exchange, ms?: number): Promise<void> {
    const timer = ms === undefined ? undefined : setTimeout(() => response.destroy(), ms);
    if (!response.closed) await new Promise((resolve) => response.once("close", resolve));
    clearTimeout(timer);
  }

  send(exchange: Exchange, answer: Answer): void {
    const { response } = exchange;
    this.#writeHead(exchange, answer);
    response.end(exchange.method === "HEAD" ? undefined : answer.body);
  }

  /** Sends JSON as fast as the client reads, so that little more than one piece waits in memory. */
  async sendPieces(exchange: Exchange, pieces: Iterable<string>): Promise<void> {
    const { response } = exchange;
    this.#writeHead(exchange, { status: 200, headers: { "Content-Type": jsonType }, body: undefined });
    // The client may disconnect meanwhile.
    await pipeline(Readable.from(pieces), response).catch(() => undefined);
  }

  /** Sends the head and half of the body, then cuts the connection. */
  sendHalf(exchange: Exchange, answer: Answer): void {
    const body = Buffer.from(answer.body ?? "");
    this.#writeHead(exchange, answer);
    exchange.response.write(body.subarray(0, Math.floor(body.length / 2)), () => exchange.response.destroy());
  }

  #writeHead({ response, startedAtMs }: Exchange, answer: Answer): void {
    const headers: Record<string, string | number> = {
      Date: new Date(this.clock.nowMs()).toUTCString(),
      "Twilio-Request-Id": this.sids.next("RQ"),
      "Twilio-Concurrent-Requests": this.#inFlight,
      "Twilio-Request-Duration": ((performance.now() - startedAtMs) / 1000).toFixed(3),
      "X-Home-Region": "us1",
      "X-Api-Domain": "conversations.twilio.com",
      ...answer.headers,
    };
    if (answer.body !== undefined) {
      headers["Content-Type"] ??= jsonType;
      headers["Content-Length"] = Buffer.byteLength(answer.body);
    }
    if (this.#connections > manyConnections) headers["Connection"] = "close";
    response.sendDate = false;
    response.writeHead(answer.status, headers);
  }

  /** Counts a connection's unanswered requests, and closes one that has too many. */
  #isAwaited({ socket }: IncomingMessage, response: ServerResponse): boolean {
    const count = (this.#unanswered.get(socket) ?? 0) + 1;
    if (count > maxUnanswered) socket.destroy();
    if (socket.destroyed) return false;
    this.#unanswered.set(socket, count);
    response.once("close", () => this.#unanswered.set(socket, (this.#unanswered.get(socket) ?? 1) - 1));
    return true;
  }

  async #serve(request: IncomingMessage, response: ServerResponse, handler: Handler): Promise<void> {
    request.on("error", () => response.destroy());
    response.on("error", () => response.destroy());
    if (!this.#isAwaited(request, response)) return;
    const target = request.url ?? "/";
    const mark = target.indexOf("?");
    const host = request.headers.host ?? "";
    const exchange: Exchange = {
      request,
      response,
      method: request.method ?? "GET",
      path: mark < 0 ? target : target.slice(0, mark),
      queryText: mark < 0 ? "" : target.slice(mark + 1),
      origin: /^[\w.:[\]-]+$/.test(host) ? `http://${host}` : this.#address,
      startedAtMs: performance.now(),
    };
    this.#inFlight += 1;
    try {
      await handler(exchange);
    } catch (error) {
      if (!response.headersSent) this.send(exchange, errorAnswer(error));
      else response.destroy();
    } finally {
      this.#inFlight -= 1;
    }
  }
}

/** The answer to bytes that are no HTTP, with Twilio's body nonetheless. */
function refusal(status: number): string {
  const { body = "" } = errorAnswer(new ApiError(20001, "Bad request", status));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Connection: close",
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}
