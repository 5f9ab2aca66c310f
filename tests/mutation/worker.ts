import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import Mocha from "mocha";
import type { Answer, Order } from "./orders";

// A process that runs test files of the folder it is started in, again and again, each time with the code as it then is.

const ROOT = process.cwd();
const CODE = ["provider", "simulator", "tests", "examples", "dist"].map(
  (folder) => `${resolve(ROOT, folder)}/`,
);

const REACHED_ELSEWHERE = join(tmpdir(), `mutation-reached-${process.pid}`);
process.env["MUTATION_REACHED"] = REACHED_ELSEWHERE;
process.env["NODE_OPTIONS"] = `--require ${JSON.stringify(join(__dirname, "reach-recorder.cjs"))}`;

/** A test that hangs is noticed, but a whole run has no time for it. Tests that set a time of their own keep it. */
const TEST_TIMEOUT_MS = 15_000;

const answer = (message: Answer) => process.send?.(message);

process.on("message", (order: Order) => {
  void run(order).then(answer, (error: unknown) =>
    answer({
      failed: `cannot be loaded: ${error instanceof Error ? error.message : error}`,
      files: [],
      reached: [],
    }),
  );
});
// An error after its run is over says nothing of the next one: the process that started this one takes another.
process.on("uncaughtException", () => process.exit(1));
process.on("unhandledRejection", () => process.exit(1));
answer({ ready: true });

async function run({ files, bail }: Order): Promise<Answer> {
  forgetCode();
  const reached = new Set<string>();
  Object.assign(globalThis, { __reached: (id: string) => reached.add(id) });
  rmSync(REACHED_ELSEWHERE, { force: true });
  const mocha = new Mocha({ bail, timeout: TEST_TIMEOUT_MS, reporter: Silent });
  for (const file of files) mocha.addFile(resolve(ROOT, file));
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  const times = new Map<string, number>();
  let failed: string | undefined;
  await new Promise<void>((done) => {
    const runner = mocha.run(() => done());
    runner.on("test end", (test) => {
      const file = relative(ROOT, test.file ?? "");
      times.set(file, (times.get(file) ?? 0) + (test.duration ?? 0));
    });
    runner.on("fail", (test, error) => {
      failed ??= `${relative(ROOT, test.file ?? "")}: ${test.fullTitle()}: ${String(error?.message).split("\n")[0]}`;
    });
  });
  process.removeAllListeners("unhandledRejection");
  for (const listener of listeners) process.on("unhandledRejection", listener);
  return {
    ...(failed !== undefined && { failed }),
    files: [...times].map(([file, ms]) => ({ file, ms })),
    reached: [...reached, ...reachedElsewhere()],
  };
}

/** By processes that the tests have started. */
function reachedElsewhere(): string[] {
  return existsSync(REACHED_ELSEWHERE) ? readFileSync(REACHED_ELSEWHERE, "utf8").split("\n") : [];
}

/** Modules of packages stay loaded. */
function forgetCode(): void {
  for (const path of Object.keys(require.cache)) {
    if (CODE.some((folder) => path.startsWith(folder))) delete require.cache[path];
  }
}

class Silent extends Mocha.reporters.Base {
  override epilogue(): void {
    // Nothing is said: the answer says it.
  }
}
