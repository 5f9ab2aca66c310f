import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Answer, Order, Result } from "./orders";

const WORKER = join(__dirname, "worker.ts");

/** Runs tests in a process of its own, which is replaced when it ends, hangs, or has run often enough. */
export class TestProcess {
  private child: Promise<ChildProcess> | undefined;
  private runs = 0;

  constructor(private readonly root: string) {}

  /** "hung" where the tests did not end in time, "ended" where the process did not outlive them. */
  async run(order: Order, withinMs: number): Promise<Result | "hung" | "ended"> {
    this.child ??= started(this.root);
    const child = await this.child;
    this.runs++;
    const answer = await answerOf(child, order, withinMs);
    if (answer === "hung" || answer === "ended") await this.replace();
    return answer;
  }

  get runsOfThisProcess(): number {
    return this.runs;
  }

  async replace(): Promise<void> {
    const child = await this.child;
    this.child = undefined;
    this.runs = 0;
    if (child && child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  }
}

function started(root: string): Promise<ChildProcess> {
  const child = fork(WORKER, { cwd: root, stdio: "ignore", execArgv: ["--require", "tsx/cjs"] });
  return new Promise((done, fail) => {
    child.once("message", () => done(child));
    child.once("error", fail);
    child.once("exit", (code) =>
      fail(new Error(`The process that runs tests ended with ${code} at its start.`)),
    );
  });
}

function answerOf(child: ChildProcess, order: Order, withinMs: number): Promise<Result | "hung" | "ended"> {
  return new Promise((done) => {
    const end = (answer: Result | "hung" | "ended") => {
      clearTimeout(timer);
      child.off("message", onMessage);
      child.off("exit", onExit);
      done(answer);
    };
    const onMessage = (message: Answer) => end(message as Result);
    const onExit = () => end("ended");
    const timer = setTimeout(() => end("hung"), withinMs);
    child.once("message", onMessage);
    child.once("exit", onExit);
    if (child.exitCode !== null || child.signalCode !== null) end("ended");
    else child.send(order);
  });
}
