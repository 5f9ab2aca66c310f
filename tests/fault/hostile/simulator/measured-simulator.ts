import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, type OutgoingHttpHeaders, request } from "node:http";
import { join } from "node:path";

const DIST = join(__dirname, "../../../../dist/simulator/index.js");
const SCRIPT = `
  require(${JSON.stringify(DIST)}).startSimulator().then(({ url, account }) => process.send({ url, account }));
  process.on("message", () => process.send(process.resourceUsage().maxRSS / 1024));
`;

export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

/** A simulator in a process of its own, as it was built, that tells how much memory it has had at most. */
export class MeasuredSimulator {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** The `Authorization` of its account. */
    readonly login: string,
    private readonly agent: Agent,
  ) {}

  static async start(connections: number): Promise<MeasuredSimulator> {
    const child = spawn(process.execPath, ["-e", SCRIPT], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const [{ url, account }] = await once(child, "message");
    const login = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString("base64")}`;
    return new MeasuredSimulator(child, url, login, new Agent({ keepAlive: true, maxSockets: connections }));
  }

  async peakMb(): Promise<number> {
    const answer = once(this.child, "message");
    this.child.send("peak");
    return Math.round(Number((await answer)[0]));
  }

  /** The status that came back. */
  send({ method = "POST", path, headers = {}, body }: Sent): Promise<number> {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const options = { method, agent: this.agent, headers: { ...length, ...headers } };
      const asking = request(`${this.url}${path}`, options, (response) => {
        response.resume().once("end", () => resolve(response.statusCode ?? 0));
      });
      asking.once("error", reject);
      asking.end(body);
    });
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    const ended = once(this.child, "exit");
    this.child.kill();
    await ended;
  }
}
