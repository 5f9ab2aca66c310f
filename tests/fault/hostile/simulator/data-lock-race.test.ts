import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { DataLock } from "../../../../simulator/data-lock";
import { measured, sized } from "../../../support/soak";

const LOCK = join(__dirname, "../../../../dist/simulator/data-lock.js");
const TAKERS = 4;
const ROUNDS = sized({ short: 150, full: 5_000 });

/** Takes the lock of the file that it is told, as soon as all others are ready to, and holds it until the next round. */
const TAKER = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { DataLock } = require(${JSON.stringify(LOCK)});
  const ready = new Int32Array(workerData);
  let lock;
  parentPort.on("message", (file) => {
    lock?.release();
    lock = undefined;
    if (file === undefined) return parentPort.postMessage("released");
    Atomics.add(ready, 0, 1);
    while (Atomics.load(ready, 0) % ${TAKERS} !== 0);
    try {
      lock = DataLock.take(file);
    } catch (error) {
      if (error.name !== "UsageError" || !/is in use by another simulator/.test(error.message)) throw error;
    }
    parentPort.postMessage(lock === undefined ? "refused" : lock.isOwn() ? "taken" : "robbed");
  });
`;

describe("Simulators that start in the same moment over a lock that was left", () => {
  let folder: string;
  let takers: Worker[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
    const ready = new SharedArrayBuffer(4);
    takers = Array.from({ length: TAKERS }, () => new Worker(TAKER, { eval: true, workerData: ready }));
  });
  afterEach(async () => {
    await Promise.all(takers.map((taker) => taker.terminate()));
    rmSync(folder, { recursive: true });
  });

  const asked = (file: string | undefined): Promise<string[]> =>
    Promise.all(
      takers.map(async (taker) => {
        const answer = once(taker, "message");
        taker.postMessage(file);
        return String((await answer)[0]);
      }),
    );

  const gone = (): string => {
    const lock = DataLock.take(join(folder, "gone.json"));
    const holder = JSON.parse(readFileSync(lock.file, "utf8"));
    lock.release();
    return JSON.stringify({ ...holder, pid: 2 ** 30 });
  };
  const left: [what: string, text: () => string][] = [
    ["of a process that is gone", gone],
    ["that nobody can read", () => "nothing"],
    ["of another machine", () => JSON.stringify({ place: "another", pid: 1, token: "x" })],
  ];
  for (const [what, text] of left)
    it(`are told apart ${ROUNDS} times: one lock ${what} goes to one of ${TAKERS}`, async () => {
      const file = join(folder, "data.json");
      const lock = `${file}.lock`;
      let rounds = 0;
      for (; rounds < ROUNDS; rounds++) {
        writeFileSync(lock, text());
        utimesSync(lock, 1, 1);
        const took = await asked(file);
        assert.deepEqual(
          [...took].sort(),
          [...Array(TAKERS - 1).fill("refused"), "taken"],
          `round ${rounds}`,
        );
        assert.deepEqual(readdirSync(folder), ["data.json.lock"]);
        assert.match(readFileSync(lock, "utf8"), /"token":/);
        await asked(undefined);
        assert.deepEqual(readdirSync(folder), []);
      }
      measured(`one lock ${what}, taken by ${TAKERS} at once`, `${rounds} times by one`);
    });
});
