import type { IncomingMessage } from "node:http";
import { finished } from "node:stream/promises";
import { ApiError } from "../rules/errors";

/** Several times the longest form. */
const maxBytes = 1024 * 1024;
/** For all bodies being read together, so that no number of connections fills the memory. */
const maxBytesAtOnce = 8 * 1024 * 1024;

/** Reads the bodies of all requests under way. */
export class Bodies {
  #bytes = 0;

  /** The whole body as text. Reads one that is too long or finds no room to its end, and refuses it. */
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

  /** Reads a body to its end and drops it. */
  async discard(request: IncomingMessage): Promise<void> {
    await finished(request.resume());
  }
}
