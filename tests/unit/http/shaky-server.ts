import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** What becomes of a request: by its path, and by how often that has come. */
export type Answering = (path: string, time: number, response: ServerResponse) => void;

/** A real server that comes and goes at one port, and counts what reaches it. */
export class ShakyServer {
  readonly #answering: Answering;
  /** How often each path was asked for. */
  readonly times = new Map<string, number>();
  #server: Server | undefined;
  #port = 0;

  private constructor(answering: Answering) {
    this.#answering = answering;
  }

  static async start(answering: Answering): Promise<ShakyServer> {
    const server = new ShakyServer(answering);
    await server.listen();
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async listen(): Promise<void> {
    for (;;) {
      const server = createServer((request, response) => {
        const path = request.url ?? "";
        const time = (this.times.get(path) ?? 0) + 1;
        this.times.set(path, time);
        request.resume();
        request.on("end", () => this.#answering(path, time, response));
      });
      try {
        await once(server.listen(this.#port, "127.0.0.1"), "listening");
        this.#server = server;
        this.#port = (server.address() as AddressInfo).port;
        return;
      } catch {
        // Somebody's outgoing connection has the port for the moment.
        await pause(1);
      }
    }
  }

  /** From now on it refuses connections; what is in flight is answered, or cut. */
  refuse({ isCutting = false } = {}): void {
    this.#server?.close();
    if (isCutting) this.#server?.closeAllConnections();
  }

  stop(): void {
    this.refuse({ isCutting: true });
  }
}
