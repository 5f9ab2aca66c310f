import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { figuresIn, MarkerError, withFigures } from "../../bench/report/document";
import { report } from "../../bench/report/report";
import { table } from "../../bench/report/table";
import { empty, figuresOf, sampleOf } from "./figures";

const both = figuresOf([
  empty("up", 1_250),
  sampleOf({ members: 50 }, "up", {
    ...{ wallMs: 2_500, requests: { "GET a": 2, "POST b": 51 }, stateBytes: 20_000 },
    providerPeakBytes: 150_400_000,
  }),
  sampleOf({ members: 500 }, "up", { wallMs: 10_000, requests: { "POST b": 500 } }),
  sampleOf({ kind: "participants", members: 500 }, "up", { wallMs: 25_000, requests: { "POST b": 1_234 } }),
  sampleOf({ kind: "idle-participants", members: 500, latencyMs: 0 }, "up", { wallMs: 20_000 }),
  sampleOf({ members: 500, checkpoints: false }, "up", { wallMs: 8_000 }),
  sampleOf({ members: 500, writesPerSecond: 30 }, "up", { wallMs: 20_000, throttled: 3, writingMs: 16_000 }),
]);

describe("bench: report", () => {
  const text = report(both);

  it("has a row for each size, both forms side by side", () => {
    assert.match(text, /### `up`\n\nAn empty program takes 1\.25 s\./);
    assert.ok(text.includes("| 100 ms | 50 | 2.50 s | 2.00 × | – | 2 GET, 51 POST | – | – | – | – |"));
    assert.ok(
      text.includes(
        "| 100 ms | 500 | 10.0 s | 8.00 × | 2.00 × | 500 POST | 25.0 s | 20 × | 1.62 × | 1,234 POST |",
      ),
    );
  });

  it("leaves out what was not measured", () => {
    assert.doesNotMatch(text, /### `destroy`/);
    assert.doesNotMatch(text, /### Left out/);
    assert.doesNotMatch(text, /NaN|Infinity|undefined/);
    assert.doesNotMatch(report(figuresOf([])), /NaN|Infinity|undefined/);
  });

  it("tells growth, state and memory", () => {
    assert.ok(text.includes("| `up` | 100 ms | 0.60 | 0.60 | – | – |"));
    assert.ok(text.includes("| 50 | 400 | 150 MB | – | – |"));
  });

  it("tells where the requests of the largest stack in both forms go", () => {
    assert.match(
      text,
      /### Requests\n\nOf 500 members\.\n\n.*\n.*\n\| `up` \| Roster \| `POST b` \| 500 \|\n\| `up` \| a Participant each/,
    );
    const roster = report(
      figuresOf([sampleOf({ members: 50 }, "up", { requests: { "GET a": 2, "POST b": 51 } })]),
    );
    assert.match(roster, /Of 50 members[\s\S]*\| `GET a` \| 2 \|\n\| {2}\| {2}\| `POST b` \| 51 \|/);
  });

  it("compares with a provider that does nothing, without checkpoints, and under Twilio's limit", () => {
    assert.match(
      text,
      /this provider \| 25\.0 s \| a provider that does nothing, a resource each: 20\.0 s \| 1\.25 ×/,
    );
    assert.match(text, /PULUMI_SKIP_CHECKPOINTS \| 8\.00 s \| with checkpoints: 10\.0 s \| 0\.80 ×/);
    assert.match(
      text,
      /30 writes a second \| 20\.0 s \| limiter off: 10\.0 s \| 2\.00 × \| 1\.20 × floor, 3 answers 429, first write to last 16\.0 s/,
    );
  });

  it("says on what it was measured, what the floor is, and what was left out", () => {
    assert.match(
      text,
      /2030-01-31, each measured once: .*2 cores, 8 GiB .*Node v22\.0\.0, Pulumi v3\.255\.0/,
    );
    assert.match(text, /The floor is latency × requests ÷ requests in flight \(10; 8 for/);
    assert.match(report(figuresOf([], { notes: ["A reason."] })), /### Left out\n\n- A reason\./);
  });

  it("gives the spread where a setting was measured more than once", () => {
    const times = [3_000, 1_000, 2_000].map((wallMs) => sampleOf({}, "up", { wallMs }));
    const repeated = report(figuresOf(times, { repeat: 3 }));
    assert.match(repeated, /\| 2\.00 s \(1\.00 s to 3\.00 s\) \|/);
    assert.match(repeated, /the median of 3/);
  });

  it("puts numbers at the right", () =>
    assert.equal(
      table(
        ["what", "time", "more"],
        [
          ["a", "1 s", "–"],
          ["2", "30 s", "b"],
        ],
      ),
      "| what | time | more |\n| --- | --: | --- |\n| a | 1 s | – |\n| 2 | 30 s | b |",
    ));

  it("shows the picture where there is one", () => {
    assert.doesNotMatch(text, /!\[/);
    assert.match(report(both, "performance.svg"), /!\[[^\]]+\]\(performance\.svg\)/);
  });

  it("has as many cells in each row as its table has columns", () => {
    const tables = text.split("\n\n").filter((part) => part.startsWith("|"));
    assert.equal(tables.length, 6);
    for (const rows of tables.map((part) => part.split("\n")))
      assert.equal(new Set(rows.map((row) => row.split(" | ").length)).size, 1, rows[0]);
  });
});

describe("bench: document", () => {
  const page = readFileSync(join(__dirname, "../../../docs/performance.md"), "utf8");

  it("keeps the prose around the figures, however often it is written", () => {
    const once = withFigures(page, "first");
    assert.equal(figuresIn(once), "first");
    assert.equal(withFigures(once, figuresIn(page)), page);
    assert.equal(withFigures(withFigures(page, "other\n"), "first"), once);
  });

  it("is not written without its markers", () => {
    assert.throws(() => withFigures("# Performance\n", "figures"), MarkerError);
    const [begin = "", end = ""] = page.match(/<!-- .* -->/g) ?? [];
    assert.throws(() => withFigures(`${end}\n${begin}`, "figures"), MarkerError);
  });

  it("has no figure in its prose that the benchmark has not printed", () => {
    const prose = withFigures(page, "");
    assert.doesNotMatch(prose, /\d\s*(s|ms|MB|GB|KB|bytes?|%|×|seconds|minutes|times)(?![\w])/);
  });
});
