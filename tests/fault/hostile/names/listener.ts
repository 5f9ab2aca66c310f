import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A real server on loopback that counts who knocks, whether or not they come to say anything. */
export interface Listener {
  readonly port: number;
  connections: number;
  readonly requests: IncomingMessage[];
  close(): void;
}

export async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  host = "127.0.0.1",
): Promise<Listener> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    request.resume();
    answer(request, response);
  });
  server.on("connect", (request: IncomingMessage, socket) => {
    requests.push(request);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  server.listen(0, host);
  await once(server, "listening");
  const listener: Listener = {
    port: (server.address() as AddressInfo).port,
    connections: 0,
    requests,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  server.on("connection", () => {
    listener.connections += 1;
  });
  return listener;
}
