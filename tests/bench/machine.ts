import { execFileSync } from "node:child_process";
import { arch, availableParallelism, loadavg, platform, totalmem } from "node:os";
import { VERSION } from "../../provider/version";
import type { Machine } from "./figures";

/** Asked before anything is measured. The CLI is on PATH already. */
export function thisMachine(): Machine {
  return {
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    system: `${platform()} ${arch()}`,
    node: process.version,
    pulumi: execFileSync("pulumi", ["version"], { encoding: "utf8" }).trim(),
    package: VERSION,
    loadBefore: loadavg()[0] ?? 0,
  };
}
