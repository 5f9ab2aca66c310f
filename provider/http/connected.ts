import type { Agent, ClientRequest } from "node:http";
import type { Socket } from "node:net";

/** What Node's agents, and those for proxies, are given each request by; its types leave it out. */
interface RequestTaker {
  addRequest(request: ClientRequest, options: unknown): void;
}

/**
 * The agent, for one request of which it tells when a connection stands: until then nothing can have left. An HTTP
 * client that hides its request says so in no other way.
 */
export function telling(agent: Agent, onConnected: () => void): Agent {
  const taker = agent as Agent & RequestTaker;
  const addRequest: RequestTaker["addRequest"] = (request, options) => {
    request.once("socket", (socket: Socket) => {
      if (socket.connecting) socket.once("connect", onConnected);
      else onConnected();
    });
    taker.addRequest(request, options);
  };
  return Object.create(agent, { addRequest: { value: addRequest } }) as Agent;
}
