import type { Agent, ClientRequest } from "node:http";
import type { Socket } from "node:net";

/** How Node's agents and proxy agents receive each request; Node's types omit it. */
interface RequestTaker {
  addRequest(request: ClientRequest, options: unknown): void;
}

/**
 * The agent for one request, which reports when the connection stands and whether it is reused. Until then nothing can
 * have left. An HTTP client that hides its request reports this in no other way.
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
