import { Agent, request } from "node:http";
import { type Simulator, startSimulator } from "../../../simulator/index";

/** Measures the simulator: `npm run bench:simulator`. Loopback only, a few seconds in all. */
const sequentialRequests = 2_000;
const heldParticipants = 100_000;
const participantsPerConversation = 1_000;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function send(
  simulator: Simulator,
  method: string,
  path: string,
  form?: Record<string, string>,
): Promise<number> {
  const { accountSid, authToken } = simulator.account;
  const body = form === undefined ? undefined : new URLSearchParams(form).toString();
  return new Promise((resolve, reject) => {
    const outgoing = request(
      simulator.url + path,
      {
        agent,
        method,
        auth: `${accountSid}:${authToken}`,
        headers: body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" },
      },
      (response) => {
        response.resume();
        response.once("end", () => resolve(response.statusCode ?? 0));
      },
    );
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

async function timed(name: string, count: number, run: (index: number) => Promise<number>): Promise<void> {
  const startMs = performance.now();
  const before = process.cpuUsage();
  for (let index = 0; index < count; index++) {
    const status = await run(index);
    if (status >= 300) throw new Error(`${name}: ${status}`);
  }
  const ms = Math.round(performance.now() - startMs);
  const { user, system } = process.cpuUsage(before);
  const cpuMs = Math.round((user + system) / 1000);
  process.stdout.write(`${name}: ${count} in ${ms} ms, ${cpuMs} ms of processor time with the client\n`);
}

async function sequential(): Promise<void> {
  const simulator = await startSimulator();
  const half = sequentialRequests / 2;
  simulator.seed({ conversations: [{ uniqueName: "one" }] });
  await timed("mixed requests, one after the other", sequentialRequests, (index) =>
    index < half
      ? send(simulator, "POST", "/v1/Conversations/one/Participants", { Identity: `user-${index}` })
      : send(simulator, "GET", `/v1/Conversations/one/Participants/user-${index - half}`),
  );
  await timed("pages of 100 participants", 100, () =>
    send(simulator, "GET", "/v1/Conversations/one/Participants?PageSize=100"),
  );
  await simulator.close();
}

async function held(): Promise<void> {
  const simulator = await startSimulator();
  const before = rssMb();
  const startMs = performance.now();
  for (let first = 0; first < heldParticipants; first += participantsPerConversation) {
    const participants = Array.from({ length: participantsPerConversation }, (_, index) => ({
      identity: `user-${first + index}`,
      attributes: { team: "support", shift: index % 3, skills: ["billing", "returns"] },
    }));
    simulator.seed({ conversations: [{ uniqueName: `c${first}`, participants }] });
  }
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  const after = rssMb();
  process.stdout.write(
    `${heldParticipants} participants with their users: ${Math.round(after)} MB in all, ` +
      `${Math.round(after - before)} MB of it theirs, planted in ${seconds} s\n`,
  );
  await timed("requests with all of them in the store", sequentialRequests, (index) =>
    send(simulator, "GET", `/v1/Conversations/c0/Participants/user-${index % 1000}`),
  );
  await simulator.close();
}

function rssMb(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().rss / 1024 / 1024;
}

sequential()
  .then(held)
  .finally(() => agent.destroy())
  .catch((error) => {
    process.stderr.write(`${error}\n`);
    process.exitCode = 1;
  });
