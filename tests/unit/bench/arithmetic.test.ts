import assert from "node:assert/strict";
import fc from "fast-check";
import { floorMs, inFlight } from "../../bench/floor";
import { growthExponent, lastExponent } from "../../bench/growth";
import { peakIn } from "../../bench/provider-memory";
import { countByKind, summary, writingMs } from "../../bench/requests";
import { median, resultsOf } from "../../bench/result";
import { empty, figuresOf, sampleOf, settingOf } from "./figures";

const near = (found: number | undefined, expected: number) =>
  assert.ok(Math.abs((found ?? Number.NaN) - expected) < 1e-6, `${found} is not ${expected}`);

describe("bench: growth", () => {
  it("finds the exponent of any power", () =>
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 0.1, max: 1_000, noNaN: true }),
        (exponent, factor) =>
          near(
            growthExponent([50, 500, 1_000, 10_000].map((n) => ({ members: n, ms: factor * n ** exponent }))),
            exponent,
          ),
      ),
    ));

  it("fits what is no exact power by least squares", () => {
    // In powers of ten: (0, 0), (1, 1), (2, 1). The slope is 1/2.
    const points = [
      { members: 1, ms: 1 },
      { members: 10, ms: 10 },
      { members: 100, ms: 10 },
    ];
    near(growthExponent(points), 0.5);
  });

  it("takes the two largest for the last step, in whatever order they come", () => {
    const points = [
      { members: 100, ms: 10_000 },
      { members: 1, ms: 7 },
      { members: 10, ms: 100 },
    ];
    near(lastExponent(points), 2);
  });

  it("says nothing of fewer than two sizes", () => {
    assert.equal(growthExponent([]), undefined);
    assert.equal(growthExponent([{ members: 5, ms: 1 }]), undefined);
    const twice = { members: 5, ms: 1 };
    assert.equal(growthExponent([twice, { ...twice, ms: 2 }]), undefined);
  });
});

describe("bench: floor", () => {
  it("is the latency of all requests, so many in flight", () => {
    assert.equal(floorMs(settingOf({ latencyMs: 100 }), "up", 500, 2), 5_000);
    assert.equal(floorMs(settingOf({ latencyMs: 0 }), "up", 500, 2), 0);
  });

  it("knows that the engine asks for fewer resources at a time on fewer cores", () => {
    const participants = settingOf({ kind: "participants" });
    assert.deepEqual(
      [1, 2, 4].map((cores) => inFlight(participants, cores)),
      [4, 8, 10],
    );
    assert.equal(inFlight(settingOf(), 1), 10);
    assert.equal(floorMs(participants, "up", 400, 1), 10_000);
  });

  it("is the limit of writes where that takes longer, of each conversation by itself", () => {
    const limited = { writesPerSecond: 30 };
    assert.equal(floorMs(settingOf({ ...limited, members: 600 }), "up", 600, 2), 20_000);
    assert.equal(floorMs(settingOf({ ...limited, members: 600 }), "update", 600, 2), 20_000);
    assert.equal(floorMs(settingOf({ ...limited, members: 600, latencyMs: 400 }), "up", 600, 2), 24_000);
    assert.equal(floorMs(settingOf({ ...limited, members: 3_000, latencyMs: 0 }), "up", 3_000, 2), 1e6 / 30);
  });

  it("counts no writes where an operation has none, or one", () => {
    const limited = settingOf({ writesPerSecond: 30 });
    for (const operation of ["preview", "preview-refresh", "refresh-preview", "destroy"] as const)
      assert.equal(floorMs(limited, operation, 5, 2), 50);
  });
});

describe("bench: multiples", () => {
  const of = (samples: Parameters<typeof figuresOf>[0]) => resultsOf(figuresOf(samples)).at(-1);

  it("are of the empty program's median in the same operation", () => {
    const others = [empty("up", 1_000), empty("up", 9_000), empty("up", 2_000), empty("destroy", 500)];
    assert.equal(of([...others, sampleOf({}, "up", { wallMs: 6_000 })])?.timesEmpty, 3);
    assert.equal(of([...others, sampleOf({}, "destroy", { wallMs: 6_000 })])?.timesEmpty, 12);
    assert.equal(of([...others, sampleOf({}, "update")])?.timesEmpty, undefined);
  });

  it("are of the floor, unless the empty program alone takes longer", () => {
    const asking = (requests: number) =>
      sampleOf({}, "up", { wallMs: 6_000, requests: { "POST Conversations": requests } });
    assert.equal(of([empty("up", 1_000), asking(300)])?.timesFloor, 2);
    assert.equal(of([empty("up", 3_000), asking(300)])?.timesFloor, undefined);
  });

  it("take the median of several, the most of memory and state, and keep the spread", () => {
    const sample = (wallMs: number, providerPeakBytes: number) =>
      sampleOf({}, "up", { wallMs, providerPeakBytes, stateBytes: 1_000 * wallMs });
    const result = of([sample(3, 1), sample(1, 7), sample(2, 5)]);
    assert.deepEqual([result?.leastMs, result?.medianMs, result?.mostMs], [1, 2, 3]);
    assert.equal(result?.providerPeakBytes, 7);
    assert.equal(result?.stateBytesPerMember, 6);
  });

  it("keep apart what was measured under another setting", () => {
    const settings = [
      {},
      { members: 50 },
      { latencyMs: 0 },
      { kind: "participants" as const },
      { writesPerSecond: 30 },
      { checkpoints: false },
    ];
    const samples = [...settings, ...settings].map((setting) => sampleOf(setting, "up"));
    assert.equal(resultsOf(figuresOf([...samples, sampleOf({}, "update")])).length, 7);
  });

  it("know the median of even and odd numbers, and of none", () => {
    assert.deepEqual(
      [median([4, 1, 3, 2]), median([9, 1, 5]), median([7]), median([])],
      [2.5, 5, 7, undefined],
    );
  });
});

describe("bench: requests", () => {
  const sid = (prefix: string) => prefix + "a".repeat(32);
  const conversation = `/v1/Conversations/${sid("CH")}`;

  it("are counted by method and kind of object, whichever it is", () => {
    const requests = [
      { method: "GET", path: "/v1/Configuration" },
      { method: "POST", path: `${conversation}/Participants` },
      { method: "POST", path: `/v1/Conversations/${sid("CH").replace("a", "b")}/Participants` },
      { method: "POST", path: `${conversation}/Participants/${sid("MB")}` },
      { method: "DELETE", path: conversation },
    ];
    const counts = countByKind(requests);
    assert.deepEqual(counts, {
      "GET Configuration": 1,
      "POST Conversations/…/Participants": 2,
      "POST Conversations/…/Participants/…": 1,
      "DELETE Conversations/…": 1,
    });
    assert.equal(summary(counts), "1 GET, 3 POST, 1 DELETE");
    assert.equal(summary({}), "none");
  });

  it("take from the first write of a member to the last", () => {
    const at = (method: string, path: string, atMs: number) => ({ method, path, atMs });
    const requests = [
      at("POST", "/v1/Conversations", 1),
      at("GET", `${conversation}/Participants`, 2),
      at("POST", `${conversation}/Participants`, 5),
      at("POST", `${conversation}/Participants/x`, 25),
      at("GET", `${conversation}/Participants`, 99),
    ];
    assert.equal(writingMs(requests), 20);
    assert.equal(writingMs([]), 0);
  });
});

describe("bench: memory", () => {
  it("is the most that the kernel has counted, in bytes", () => {
    const status = "VmPeak:\t  900000 kB\nVmHWM:\t  150000 kB\nVmRSS:\t  100000 kB\n";
    assert.deepEqual(peakIn(status), [153_600_000]);
    assert.deepEqual(peakIn("Name:\tnode\nState:\tZ (zombie)\n"), []);
  });
});
