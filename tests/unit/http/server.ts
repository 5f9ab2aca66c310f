import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type ClientSettings, TwilioClient } from "../../../provider/http/client";
import type { ApiRequest } from "../../../provider/http/request";

/** One request as it reached the server. */
export interface Seen {
  /** Counts from 1. */
  number: number;
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  form: string;
  atMs: number;
}

export type Handler = (seen: Seen, response: ServerResponse) => void | Promise<void>;

export interface TestServer {
  origin: string;
  port: number;
  seen: Seen[];
  stop(): Promise<void>;
}

export const password = "canary-password-7f3a";

const running: Server[] = [];
const clients: TwilioClient[] = [];

/** A real server on a free port; the counter of what it saw is the assertion. */
export async function startServer(handler: Handler, port = 0): Promise<TestServer> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const entry = { number: seen.length + 1, method, url, headers, form: "", atMs: performance.now() };
    seen.push(entry);
    entry.form = await text(request);
    await handler(entry, response);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  running.push(server);
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  const address = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${address.port}`, port: address.port, seen, stop };
}

/** Ends every server and client of a test; call it in `afterEach`. */
export function stopAll(): void {
  for (const client of clients.splice(0)) client.close();
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
}

/** A client with waits of milliseconds. */
export function clientOf(origin: string, settings: Partial<ClientSettings> = {}): TwilioClient {
  const client = new TwilioClient({
    origin,
    username: "AC00000000000000000000000000000001",
    password,
    accountSid: "AC00000000000000000000000000000001",
    concurrency: 10,
    writesPerSecond: 0,
    timeoutMs: 5000,
    userAgent: "http-tests",
    backoff: { baseMs: 2, capMs: 50 },
    ...settings,
  });
  clients.push(client);
  return client;
}

export function sendJson(response: ServerResponse, status: number, body?: unknown, headers = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

export function sendError(response: ServerResponse, status: number, code?: number, headers = {}): void {
  sendJson(response, status, { status, code, message: `refused with ${status}` }, headers);
}

export const conversation = "/v1/Conversations/CH00000000000000000000000000000001";

export function read(path = conversation): ApiRequest {
  return { method: "GET", path, repeatable: true, attempting: "read conversation" };
}

export function update(path = conversation): ApiRequest {
  return {
    method: "POST",
    path,
    form: [["Attributes", "{}"]],
    repeatable: true,
    attempting: "update conversation",
  };
}

export function remove(path = conversation): ApiRequest {
  return { method: "DELETE", path, repeatable: true, attempting: "delete conversation" };
}

export function create(path = `${conversation}/Participants`): ApiRequest {
  return {
    method: "POST",
    path,
    form: [["Identity", "alice"]],
    repeatable: false,
    attempting: "create participant",
  };
}

/** What a promise rejected with. */
export async function failureOf(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

/** A small seeded generator, so that a test of chance is the same on every run. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
