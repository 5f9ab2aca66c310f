import { randomBytes } from "node:crypto";
import { seededRandom } from "./random";

/** Makes SIDs: two letters and 32 lower-case hex digits, the same ones again for the same seed. */
export class SidSource {
  #random: (() => number) | undefined;

  constructor(seed?: number) {
    this.#random = seed === undefined ? undefined : seededRandom(seed);
  }

  next(prefix: string): string {
    return prefix + this.#hex();
  }

  #hex(): string {
    const random = this.#random;
    if (!random) return randomBytes(16).toString("hex");
    let hex = "";
    for (let part = 0; part < 4; part++) {
      hex += Math.floor(random() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, "0");
    }
    return hex;
  }
}

export function isSid(text: string, prefix: string): boolean {
  return text.startsWith(prefix) && /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(text);
}
