import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** One webhook as it arrived. */
export interface Received {
  url: string;
  form: Record<string, string>;
  signature: string;
}

export interface Reply {
  status: number;
  body: string;
}

/** A real server that webhooks are sent to: it keeps what it received and answers as told. */
export class WebhookReceiver {
  received: Received[] = [];
  reply: Reply = { status: 200, body: "" };
  /** Runs before the reply is sent. */
  beforeReply: (() => Promise<void> | void) | undefined;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      this.received.push({
        url: `http://${request.headers.host}${request.url}`,
        form: Object.fromEntries(new URLSearchParams(body)),
        signature: String(request.headers["x-twilio-signature"]),
      });
      await this.beforeReply?.();
      response.writeHead(this.reply.status).end(this.reply.body);
    });
  }

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    receiver.#server.listen(0, "127.0.0.1");
    await once(receiver.#server, "listening");
    return receiver;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Forgets what it received and was told. */
  reset(): void {
    this.received = [];
    this.reply = { status: 200, body: "" };
    this.beforeReply = undefined;
  }

  close(): void {
    this.#server.close();
  }
}
