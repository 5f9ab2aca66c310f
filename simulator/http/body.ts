import type { IncomingMessage } from "node:http";
import { finished } from "node:stream/promises";
import { ApiError } from "../rules/errors";

/** Several times what the longest of all forms takes. */
const maxBytes = 1024 * 1024;
/** Of all bodies that are being read: no number of connections fills the memory. */
const maxBytesAtOnce = 8 * 1024 * 1024;

/** The bodies of all requests that are under way. */
export class Bodies {
  #bytes = 0;

  /** The whole body as text; one that is too long, or for which there is no room, is read to its end and refused. */
  async read(request: IncomingMessage): Promise<string> {
    let chunks: Buffer[] = [];
    let bytes = 0;
    let refusal: ApiError | undefined;
    const giveUp = (error: ApiError): void => {
      refusal = error;
      this.#bytes -= bytes;
      bytes = 0;
      chunks = [];
    };
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        if (refusal) continue;
        bytes += chunk.length;
        this.#bytes += chunk.length;
        chunks.push(chunk);
        if (bytes > maxBytes) giveUp(new ApiError(20001, "Request body too long", 413));
        else if (this.#bytes > maxBytesAtOnce)
          giveUp(new ApiError(20503, "Service Unavailable: too many large bodies at once", 503));
      }
    } finally {
      this.#bytes -= bytes;
    }
    if (refusal) throw refusal;
    return Buffer.concat(chunks).toString("utf8");
  }

  /** Reads a body to its end and keeps nothing of it. */
  async discard(request: IncomingMessage): Promise<void> {
    await finished(request.resume());
  }
}
