import type { Agent, ClientRequest } from "node:http";
import type { Socket } from "node:net";

/** What Node's agents, and those for proxies, are given each request by; its types leave it out. */
interface RequestTaker {
  addRequest(request: ClientRequest, options: unknown): void;
}

/**
 * The agent, for one request of which it tells when a connection stands, and whether it stood before: until then
 * nothing can have left. An HTTP client that hides its request says so in no other way.
 */
export function notifyOnConnect(agent: Agent, onConnected: (isReused: boolean) => void): Agent {
  const taker = agent as Agent & RequestTaker;
  const addRequest: RequestTaker["addRequest"] = (request, options) => {
    request.once("socket", (socket: Socket) => {
      const tell = () => onConnected(request.reusedSocket);
      if (socket.connecting) socket.once("connect", tell);
      else tell();
    });
    taker.addRequest(request, options);
  };
  return Object.create(agent, { addRequest: { value: addRequest } }) as Agent;
}
