import type { IncomingMessage } from "node:http";
import { ApiError } from "../rules/errors";

const maxBodyBytes = 4 * 1024 * 1024;

/** The whole body as text; one that is too long is read to its end and refused. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  if (bytes > maxBodyBytes) throw new ApiError(20001, "Request body too long", 413);
  return Buffer.concat(chunks).toString("utf8");
}
