import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CHROMIUM = ["chromium", "chromium-browser", "google-chrome"].find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);

export const hasBrowser = CHROMIUM !== undefined;

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

interface Node {
  readonly role?: { readonly value?: string };
  readonly name?: { readonly value?: string };
  readonly ignored?: boolean;
}

const MISFITS = `(() => {
  const broken = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    if (!text.parentElement.checkVisibility() || text.parentElement.closest("script, style, select")) continue;
    for (const { 0: word, index } of text.data.matchAll(/[^\\s-]{1,20}(?=[\\s-]|$)/g)) {
      if (/\\S/.test(text.data[index - 1] ?? " ")) continue;
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word);
    }
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  return { beyond: scrollWidth - clientWidth, broken };
})()`;

/** A page in a real Chromium without a window, driven as a person would: by keys, colours, and what is read aloud. */
export class Browser {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private readonly events = new Map<string, () => void>();
  private count = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly profile: string,
    private readonly socket: WebSocket,
    private session = "",
  ) {
    socket.addEventListener("message", ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer;
      if (answer.id !== undefined) this.waiting.get(answer.id)?.(answer);
      else if (answer.method !== undefined) this.events.get(answer.method)?.();
    });
  }

  static async start(): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), "chromium-"));
    const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
    const still = ["--disable-background-networking", "--disable-component-update"];
    const own = [`--user-data-dir=${profile}`, "--remote-debugging-port=0", "about:blank"];
    const child = spawn(CHROMIUM ?? "", ["--headless", ...quiet, ...still, ...own], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    const socket = new WebSocket(await addressOf(child));
    await new Promise((open, fail) => {
      socket.addEventListener("open", open);
      socket.addEventListener("error", fail);
    });
    const browser = new Browser(child, profile, socket);
    const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
    browser.session = String(sessionId);
    for (const domain of ["Page", "Accessibility"]) await browser.send(`${domain}.enable`);
    return browser;
  }

  open(file: string): Promise<void> {
    return this.openUrl(`file://${file}`);
  }

  async openUrl(url: string): Promise<void> {
    const loaded = new Promise<void>((done) => this.events.set("Page.loadEventFired", done));
    await this.send("Page.navigate", { url });
    await loaded;
  }

  async evaluate(expression: string): Promise<unknown> {
    const answer = await this.send("Runtime.evaluate", { expression, returnByValue: true });
    const { result, exceptionDetails } = answer;
    if (exceptionDetails !== undefined) throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`);
    return (result as { value?: unknown }).value;
  }

  async press(key: string): Promise<void> {
    const codes: Record<string, number> = { Tab: 9, Enter: 13 };
    const event = {
      key,
      code: key,
      windowsVirtualKeyCode: codes[key],
      ...(key === "Enter" && { text: "\r" }),
    };
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  async type(text: string): Promise<void> {
    await this.send("Input.insertText", { text });
  }

  async prefer(scheme: "light" | "dark"): Promise<void> {
    const features = [{ name: "prefers-color-scheme", value: scheme }];
    await this.send("Emulation.setEmulatedMedia", { features });
  }

  /** As wide as a phone, or as a screen. */
  async resize(width: number): Promise<void> {
    const metrics = { width, height: 800, deviceScaleFactor: 1, mobile: false };
    await this.send("Emulation.setDeviceMetricsOverride", metrics);
  }

  /** What does not fit the width: how much the page is wider, and words that break in the middle though they are short. */
  async misfits(): Promise<unknown> {
    return this.evaluate(MISFITS);
  }

  async allowScripts(isAllowed: boolean): Promise<void> {
    await this.send("Emulation.setScriptExecutionDisabled", { value: !isAllowed });
  }

  /** What a screen reader has to say: role and name of everything that it reads. */
  async readAloud(): Promise<string[]> {
    const { nodes } = await this.send("Accessibility.getFullAXTree");
    return (nodes as Node[])
      .filter(({ ignored }) => ignored !== true)
      .map(({ role, name }) => `${role?.value ?? ""}: ${name?.value ?? ""}`);
  }

  /** By itself, so that its helpers are gone too when it is, and write nothing any more. */
  async close(): Promise<void> {
    const gone = once(this.child, "exit");
    this.session = "";
    const patience = setTimeout(() => this.child.kill("SIGKILL"), 10_000);
    await this.send("Browser.close");
    await gone;
    clearTimeout(patience);
    this.socket.close();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  private send(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    this.count += 1;
    const id = this.count;
    const session = this.session === "" ? {} : { sessionId: this.session };
    const answered = new Promise<Record<string, unknown>>((done, fail) => {
      this.waiting.set(id, ({ result, error }) => {
        this.waiting.delete(id);
        if (error === undefined) done(result ?? {});
        else fail(new Error(`${method}: ${error.message}`));
      });
    });
    this.socket.send(JSON.stringify({ id, method, params, ...session }));
    return answered;
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let text = "";
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const address = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (address !== undefined) found(address);
    });
    child.once("error", fail);
    child.once("exit", () => fail(new Error(`Chromium did not start: ${text}`)));
  });
}
