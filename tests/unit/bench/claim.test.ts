import assert from "node:assert/strict";
import type { Sample } from "../../bench/figures";
import { verdictsOn } from "../../bench/report/claim";
import { resultsOf } from "../../bench/result";
import type { Operation, Setting } from "../../bench/setting";
import { figuresOf, sampleOf } from "./figures";

/** Every claim: what just keeps it, what just does not, and the text that names it. */
const CASES: readonly { name: RegExp; keeps: readonly Sample[]; breaks: readonly Sample[] }[] = [
  limitOfTime(/^Roster of 500 at 100 ms: `up`, limiter off/, {}, "up", 8_000),
  limitOfWriting(/`up`, limiter at 30/, (1.1 * 500_000) / 30),
  limitOfTime(/`refresh --preview-only`/, {}, "refresh-preview", 2_000),
  limitOfTime(/`destroy` with its conversation/, {}, "destroy", 2_000),
  {
    name: /^Roster of 1,000: a refresh/,
    keeps: [sampleOf({ members: 1_000 }, "refresh-preview", { requests: { "GET a": 7, "GET b": 5 } })],
    breaks: [sampleOf({ members: 1_000 }, "refresh-preview", { requests: { "GET a": 7, "GET b": 6 } })],
  },
  limitOfState(/^Roster: compact state/, { kind: "roster" }, 500),
  limitOfState(/^a Participant each: compact state/, { kind: "participants" }, 2_400),
  {
    name: /growth of time/,
    keeps: grown([1_000, 1_000, 12_500]),
    breaks: grown([1_000, 1_000, 12_600]),
  },
  {
    name: /memory of the provider/,
    keeps: [sampleOf({ members: 10_000 }, "up", { providerPeakBytes: 300_000_000 })],
    breaks: [
      sampleOf({ members: 10_000 }, "up", { providerPeakBytes: 1 }),
      sampleOf({ members: 10_000 }, "update", { providerPeakBytes: 300_000_001 }),
    ],
  },
  limitOfRequests(/requests of an `up`/, "up", 502, 1_002),
  limitOfRequests(/requests of a refresh/, "refresh-preview", 7, 12),
  {
    name: /`up` of 500 at 0 ms/,
    keeps: [idle(4_000), sampleOf({ kind: "participants", latencyMs: 0 }, "up", { wallMs: 6_000 })],
    breaks: [idle(4_000), sampleOf({ kind: "participants", latencyMs: 0 }, "up", { wallMs: 6_001 })],
  },
];

function limitOfTime(name: RegExp, setting: Partial<Setting>, operation: Operation, limitMs: number) {
  return {
    name,
    keeps: [sampleOf(setting, operation, { wallMs: limitMs })],
    breaks: [sampleOf(setting, operation, { wallMs: limitMs + 1 })],
  };
}

/** The command as a whole may take longer: the engine starts and ends within it. */
function limitOfWriting(name: RegExp, limitMs: number) {
  const writing = (writingMs: number) =>
    sampleOf({ writesPerSecond: 30 }, "up", { writingMs, wallMs: 2 * limitMs });
  return { name, keeps: [writing(limitMs)], breaks: [writing(limitMs + 1)] };
}

function limitOfState(name: RegExp, setting: Partial<Setting>, limitBytes: number) {
  const stack = (stateBytes: number) => sampleOf(setting, "update", { stateBytes });
  return { name, keeps: [stack(500 * limitBytes)], breaks: [stack(500 * limitBytes + 1)] };
}

function limitOfRequests(name: RegExp, operation: Operation, of500: number, of1000: number) {
  const asking = (members: number, count: number) =>
    sampleOf({ kind: "participants", members }, operation, { requests: { "GET a": 1, "POST b": count - 1 } });
  return {
    name,
    keeps: [asking(500, of500), asking(1_000, of1000)],
    breaks: [asking(500, of500), asking(1_000, of1000 + 1)],
  };
}

/** The times of 50, 1,000 and 10,000 members: the last step alone may be too steep. */
function grown(times: readonly number[]): Sample[] {
  return [50, 1_000, 10_000].map((members, at) => sampleOf({ members }, "up", { wallMs: times[at] ?? 0 }));
}

function idle(wallMs: number): Sample {
  return sampleOf({ kind: "idle-participants", latencyMs: 0 }, "up", { wallMs });
}

const verdicts = (samples: readonly Sample[]) => verdictsOn(resultsOf(figuresOf(samples)));
const verdictOn = (name: RegExp, samples: readonly Sample[]) => {
  const named = verdicts(samples).filter(({ claim }) => name.test(claim));
  assert.equal(named.length, 1, `${named.length} claims are named ${name}`);
  return named[0]?.verdict;
};

describe("bench: claims", () => {
  for (const { name, keeps, breaks } of CASES)
    it(`judges: ${name}`, () => {
      assert.equal(verdictOn(name, keeps), "ok");
      assert.equal(verdictOn(name, breaks), "FAILED");
    });

  it("are all judged here", () => {
    for (const { claim } of verdicts([]))
      assert.equal(CASES.filter(({ name }) => name.test(claim)).length, 1, claim);
  });

  it("fail nothing that was not measured, nor take one setting for another", () => {
    const others = [
      sampleOf({ members: 50 }, "up", { wallMs: 1e6 }),
      sampleOf({ latencyMs: 0 }, "up", { wallMs: 1e6 }),
      sampleOf({ checkpoints: false }, "up", { wallMs: 1e6 }),
      sampleOf({ kind: "participants", latencyMs: 0 }, "update", { wallMs: 1e6 }),
    ];
    const judged = verdicts(others).filter(({ verdict }) => verdict !== "not measured");
    assert.deepEqual(
      judged.map(({ verdict }) => verdict),
      ["ok", "ok"],
    );
    assert.ok(judged.every(({ claim }) => /compact state/.test(claim)));
  });

  it("name what is worst", () => {
    const steep = verdicts(grown([1_000, 1_000, 100_000])).find(({ claim }) => /growth/.test(claim));
    assert.equal(steep?.measured, "2.00 at most: `up` at 100 ms");
  });
});
