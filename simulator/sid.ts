import { randomBytes } from "node:crypto";
import { seededRandom } from "./random";

/** Generates SIDs: two letters and 32 lower-case hex digits, repeatable with a seed. */
export class SidSource {
  #random: (() => number) | undefined;

  constructor(seed?: number) {
    this.#random = seed === undefined ? undefined : seededRandom(seed);
  }

  next(prefix: string): string {
    return prefix + this.#hex();
  }

  /** A free SID: a seeded source repeats itself, and a store may hold its SIDs already. */
  nextFree(prefix: string, isTaken: (sid: string) => boolean): string {
    let sid = this.next(prefix);
    while (isTaken(sid)) sid = this.next(prefix);
    return sid;
  }

  #hex(): string {
    const random = this.#random;
    if (!random) return pooledHex();
    let hex = "";
    for (let part = 0; part < 4; part++) {
      hex += Math.floor(random() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, "0");
    }
    return hex;
  }
}

const pool = { bytes: Buffer.alloc(0), used: 0 };

/** 32 digits from a pool of random bytes; a system call for each SID would cost more than all the rest. */
function pooledHex(): string {
  if (pool.used + 16 > pool.bytes.length) {
    pool.bytes = randomBytes(4096);
    pool.used = 0;
  }
  pool.used += 16;
  return pool.bytes.toString("hex", pool.used - 16, pool.used);
}

export function isSid(text: string, prefix: string): boolean {
  return text.startsWith(prefix) && /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(text);
}
