import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { measured, sized } from "../../../support/soak";
import { MeasuredSimulator } from "./measured-simulator";

const MOST_MB = 200;
const CONNECTIONS = sized({ short: 7_000, full: 10_000 });
const ANSWERED = sized({ short: 2_500, full: 10_000 });
const AT_ONCE = 100;
const PIPELINED = sized({ short: 5_000, full: 100_000 });

const head = (more: string): string => `GET / HTTP/1.1\r\nHost: localhost\r\n${more}`;
/** As long as a head may be. */
const longHead = head(Array.from({ length: 100 }, (_, at) => `X-${at}: ${"a".repeat(140)}\r\n`).join(""));

describe("Connections to a simulator that nobody closes", () => {
  let simulator: MeasuredSimulator;
  let sockets: Socket[];
  beforeEach(async () => {
    simulator = await MeasuredSimulator.start(1);
    sockets = [];
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await simulator.stop();
  });

  async function open(bytes: string): Promise<Socket> {
    const socket = connect(Number(new URL(simulator.url).port), "127.0.0.1");
    sockets.push(socket);
    // It closes those that it has no room for.
    socket.on("error", () => socket.destroy());
    await Promise.race([once(socket, "connect"), once(socket, "close")]).catch(() => {});
    socket.write(bytes);
    return socket;
  }

  async function stays(what: string): Promise<void> {
    const peakMb = await simulator.peakMb();
    measured(`memory of the simulator: ${what}`, `${peakMb} MB at most`);
    assert.ok(peakMb < MOST_MB, `${peakMb} MB`);
    for (const socket of sockets) socket.destroy();
    await sleep(200);
    assert.equal(await simulator.send({ method: "GET", path: "/favicon.ico" }), 204);
  }

  const unfinished: [what: string, bytes: string][] = [
    ["say nothing", ""],
    ["never end their head", longHead],
    [
      "never end their body",
      head(`Authorization: LOGIN\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n${"a".repeat(30_000)}`),
    ],
  ];
  for (const [what, bytes] of unfinished)
    it(`take less than ${MOST_MB} MB, ${CONNECTIONS} that ${what}`, async () => {
      const sent = bytes.replace("LOGIN", simulator.login);
      for (let opened = 0; opened < CONNECTIONS; opened += AT_ONCE)
        await Promise.all(Array.from({ length: AT_ONCE }, () => open(sent)));
      await sleep(500);
      await stays(`${CONNECTIONS} connections that ${what}`);
    });

  it("make room for others as soon as they have their answers", async () => {
    let answered = 0;
    for (let opened = 0; opened < ANSWERED; opened += AT_ONCE)
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          const [bytes] = await once(await open(head("\r\n")), "data");
          if (String(bytes).startsWith("HTTP/1.1 ")) answered += 1;
        }),
      );
    assert.equal(answered, ANSWERED);
    await stays(`${ANSWERED} connections that keep quiet after an answer`);
  }).timeout(60_000);

  it(`take less than ${MOST_MB} MB, one with ${PIPELINED} requests that reads no answer`, async () => {
    // So that each answer is a long one: a quote is five characters in HTML.
    const attributes = JSON.stringify('"'.repeat(1_000));
    const participants = Array.from({ length: 50 }, (_, at) => ({ identity: `m${at}`, attributes }));
    const body = JSON.stringify({ conversations: [{ uniqueName: "desk", participants }] });
    const headers = { "content-type": "application/json" };
    assert.equal(await simulator.send({ path: "/_control/seed", headers, body }), 200);
    const socket = await open("");
    socket.pause();
    socket.write(head("\r\n").repeat(PIPELINED));
    await sleep(2_000);
    await stays(`${PIPELINED} requests on one connection, and no answer read`);
  });
});
