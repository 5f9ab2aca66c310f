import { deepEqual, ok } from "node:assert/strict";
import type { ServerResponse } from "node:http";
import type { TwilioClient } from "../../../provider/http/client";
import { isOutcomeUnknown } from "../../../provider/http/errors";
import type { ApiRequest } from "../../../provider/http/request";
import { QuickClock } from "../../support/quick-clock";
import { measured, seed, sized } from "../../support/soak";
import {
  clientOf,
  create,
  read,
  remove,
  seededRandom,
  sendError,
  sendJson,
  stopAll,
  update,
} from "../../unit/http/server";
import { ShakyServer } from "../../unit/http/shaky-server";

const OUTAGES = sized({ short: 40, full: 1_000 });
/** On one clock: a minute of it takes a second, however many there are. */
const AT_ONCE = 40;
const DEADLINE_MS = 120_000;
/** When the poisoned requests of the beginning have had their time: who comes then must not pay for them. */
const AFTERMATH_MS = DEADLINE_MS + 2_000;

type Trouble = "restart" | "cutting restart" | "resets" | "cut bodies" | "503";
const TROUBLES: readonly Trouble[] = ["restart", "cutting restart", "resets", "cut bodies", "503"];
const KINDS = { read, update, remove, create };

interface Asked {
  readonly request: ApiRequest;
  readonly atMs: number;
}

interface Scenario {
  readonly troubles: readonly { readonly kind: Trouble; readonly atMs: number; readonly forMs: number }[];
  readonly asked: readonly Asked[];
}

/** Troubles of at most 8 s in the first minute, and requests at any time, more of them when there is trouble. */
function scenarioOf(random: () => number): Scenario {
  const between = (least: number, most: number) => least + random() * (most - least);
  const oneOf = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value;
  const troubles = [1_000, 22_000, 43_000].slice(0, 1 + Math.floor(random() * 3)).map((fromMs) => ({
    kind: oneOf(TROUBLES),
    atMs: fromMs + between(0, 8_000),
    forMs: between(500, 8_000),
  }));
  const times: (() => number)[] = [
    () => between(0, 60_000),
    () => oneOf(troubles).atMs + between(-300, 1_500),
    () => AFTERMATH_MS + between(-4_000, 12_000),
  ];
  const innocent = (_: unknown, index: number): Asked => {
    const what = oneOf(["well", "well", "well", "missing", "slow-missing"]);
    const make = oneOf(Object.values(KINDS));
    return { request: make(`/v1/Conversations/${what}-${index}`), atMs: oneOf(times)() };
  };
  const poisoned = (_: unknown, index: number): Asked => ({
    request: oneOf([read, update, remove])(`/v1/Conversations/poison-${index}`),
    atMs: between(0, 2_500),
  });
  return {
    troubles,
    asked: [
      ...Array.from({ length: Math.floor(between(0, 5)) }, poisoned),
      ...Array.from({ length: Math.floor(between(8, 20)) }, innocent),
    ],
  };
}

/** What the server does to a request while there is a trouble, and without. */
function answer(clock: QuickClock, path: string, trouble: Trouble | undefined, response: ServerResponse) {
  if (trouble === "503") return sendError(response, 503, 20503);
  if (trouble === "resets") return void response.destroy();
  if (trouble === "cut bodies") {
    response.writeHead(200, { "content-length": 100 });
    return void response.write('{"sid":', () => response.destroy());
  }
  if (path.includes("poison")) return sendError(response, 500, 20500);
  const isMissing = path.includes("missing");
  const reply = () => (isMissing ? sendError(response, 404, 20404) : sendJson(response, 200, {}));
  // Still in flight when a restart begins.
  if (path.includes("slow")) clock.after(700, reply);
  else reply();
}

interface Outcome extends Asked {
  readonly error: unknown;
  readonly tookMs: number;
  /** How often it reached the server. */
  readonly times: number;
}

/** Runs a scenario; a request's outcome is its own answer, or the error. */
async function play(clock: QuickClock, { troubles, asked }: Scenario, random: () => number) {
  const startMs = clock.nowMs();
  let trouble: Trouble | undefined;
  const server = await ShakyServer.start((path, _, response) => answer(clock, path, trouble, response));
  const client: TwilioClient = clientOf(server.origin, {
    backoff: { baseMs: 250, capMs: 20_000 },
    timeoutMs: DEADLINE_MS,
    random,
    clock,
  });
  const disturbing = troubles.map(async ({ kind, atMs, forMs }) => {
    await clock.sleep(atMs);
    if (kind.endsWith("restart")) {
      server.refuse({ isCutting: kind === "cutting restart" });
      await clock.sleep(forMs);
      return server.listen();
    }
    trouble = kind;
    await clock.sleep(forMs);
    trouble = undefined;
  });
  const outcomes = await Promise.all(
    asked.map(async ({ request, atMs }): Promise<Outcome> => {
      await clock.sleep(startMs + atMs - clock.nowMs());
      const error = await client.request(request).then(
        () => undefined,
        (failure: unknown) => failure,
      );
      const tookMs = clock.nowMs() - startMs - atMs;
      return { request, atMs, error, tookMs, times: server.times.get(request.path) ?? 0 };
    }),
  );
  await Promise.all(disturbing);
  client.close();
  server.stop();
  return outcomes;
}

/** What a request got that it should not have. */
function broken({ request, error, tookMs, times }: Outcome): string | undefined {
  const { path, repeatable } = request;
  const text = error instanceof Error ? error.message : "";
  // What was cut before the server looked at it was sent all the same.
  const isTried = error === undefined || times > 0 || isOutcomeUnknown(error);
  if (/was not sent|held back/.test(text) || !isTried)
    return `refused without an attempt of its own: ${text}`;
  if (path.includes("poison"))
    return /gave up after 120 s/.test(text) && tookMs >= DEADLINE_MS - 100
      ? undefined
      : `ended after ${tookMs} ms: ${text}`;
  if (path.includes("missing") ? /answered 404/.test(text) : error === undefined) return undefined;
  // A create is not sent again where something may have come of it.
  return !repeatable && isOutcomeUnknown(error) ? undefined : `failed after ${tookMs} ms: ${text}`;
}

describe(`${OUTAGES} short outages, among objects that always answer 500`, () => {
  let clock: QuickClock;
  beforeEach(() => {
    clock = new QuickClock();
  });
  afterEach(() => {
    clock.stop();
    stopAll();
  });

  it("fail no request before its own promise, and none that was not sent", async () => {
    let requests = 0;
    let attempts = 0;
    for (let first = 0; first < OUTAGES; first += AT_ONCE) {
      const seeds = Array.from({ length: Math.min(AT_ONCE, OUTAGES - first) }, (_, at) => first + at);
      const played = await Promise.all(
        seeds.map(async (number) => {
          const random = seededRandom(seed * 100_000 + number);
          const scenario = scenarioOf(random);
          return { number, scenario, outcomes: await play(clock, scenario, random) };
        }),
      );
      for (const { number, scenario, outcomes } of played) {
        const faults = outcomes.flatMap((outcome) => {
          const what = broken(outcome);
          return what === undefined ? [] : [`${outcome.atMs}: ${what}`];
        });
        deepEqual(faults, [], `outage ${number}: ${JSON.stringify(scenario.troubles)}`);
        requests += outcomes.length;
        attempts += outcomes.reduce((sum, { times }) => sum + times, 0);
      }
    }
    ok(requests > OUTAGES * 8);
    measured(
      "short outages: refusals, restarts, resets, cut bodies, 503, objects that always answer 500",
      `${OUTAGES} outages, ${requests} requests, ${attempts} attempts: 0 failed early, 0 refused unsent`,
    );
  }).timeout(sized({ short: 120_000, full: 1_800_000 }));
});
