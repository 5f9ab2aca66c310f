import assert from "node:assert/strict";
import { declarationOf } from "../../bench/declaration";
import { optionsOf, UsageError } from "../../bench/options";
import { comparedMembers, planOf } from "../../bench/plan";
import { settingOf } from "./figures";

const plan = (...argv: string[]) => planOf(optionsOf(argv));
const named = ({ lives }: ReturnType<typeof plan>) =>
  lives.map(({ setting }) => {
    const { kind, members, latencyMs, writesPerSecond, checkpoints } = setting;
    return [kind, members, latencyMs, writesPerSecond, checkpoints ? "" : "no checkpoints"].join(" ").trim();
  });

const times = (count: number, name: string) => Array.from({ length: count }, () => name);

describe("bench: options", () => {
  it("measure everything unless told", () => {
    const { members, latenciesMs, kinds, operations, repeat } = optionsOf([]);
    assert.deepEqual(members, [50, 500, 1_000, 10_000]);
    assert.deepEqual(latenciesMs, [0, 100]);
    assert.deepEqual(kinds, ["roster", "participants"]);
    assert.equal(operations.length, 6);
    assert.equal(repeat, 1);
  });

  for (const argv of [
    ["--members", "0"],
    ["--members", "1.5"],
    ["--members", ""],
    ["--latency", "-1"],
    ["--kinds", "empty"],
    ["--operations", "up,down"],
    ["--repeat", "many"],
    ["--nonsense"],
    ["50"],
  ])
    it(`refuse ${argv.join(" ")}`, () => assert.throws(() => optionsOf(argv), UsageError));
});

describe("bench: plan", () => {
  it("begins with the empty program, takes every size and latency, then compares at one size", () => {
    assert.deepEqual(named(plan("--members", "500,50", "--latency", "0,100")), [
      ...times(3, "empty 0 0 0"),
      "roster 50 0 0",
      "participants 50 0 0",
      "roster 50 100 0",
      "participants 50 100 0",
      "roster 500 0 0",
      "participants 500 0 0",
      "roster 500 100 0",
      "participants 500 100 0",
      "idle-roster 500 0 0",
      "idle-participants 500 0 0",
      "roster 500 0 0 no checkpoints",
      "participants 500 0 0 no checkpoints",
      "roster 500 100 30",
    ]);
  });

  it("leaves out a Participant each beyond a thousand and says so", () => {
    const left = plan("--members", "1000,1001", "--latency", "0");
    assert.deepEqual(named(left).slice(3), ["roster 1000 0 0", "participants 1000 0 0", "roster 1001 0 0"]);
    assert.match(left.notes.join(), /`--large` measures more/);
    assert.deepEqual(plan("--members", "1000").notes, []);
  });

  it("measures them without checkpoints when told, and says so", () => {
    const large = plan("--members", "1001", "--latency", "0", "--large");
    assert.deepEqual(named(large).slice(3), ["roster 1001 0 0", "participants 1001 0 0 no checkpoints"]);
    assert.match(large.notes.join(), /measured with PULUMI_SKIP_CHECKPOINTS/);
  });

  it("measures what is asked for alone", () => {
    const { lives } = plan(..."--members 20 --latency 5 --kinds roster --operations preview".split(" "));
    assert.deepEqual(named({ lives, notes: [] }), [...times(3, "empty 0 0 0"), "roster 20 5 0"]);
    assert.ok(lives.every(({ operations }) => operations.join() === "preview"));
  });

  it("repeats all of it in turns, and the empty program three times at least", () => {
    const repeated = (count: number) =>
      named(
        plan(
          ..."--members 20,30 --latency 5 --kinds roster --operations preview".split(" "),
          "--repeat",
          `${count}`,
        ),
      );
    const round = ["roster 20 5 0", "roster 30 5 0"];
    assert.deepEqual(repeated(2), [...times(3, "empty 0 0 0"), ...round, ...round]);
    assert.deepEqual(repeated(4).filter((name) => name.startsWith("empty")).length, 4);
  });

  it("compares at 500 members, or the most below", () => {
    assert.deepEqual([[50, 500, 1_000], [20, 50], [1_000]].map(comparedMembers), [500, 50, undefined]);
  });
});

describe("bench: declaration", () => {
  it("spreads members over as few conversations as hold them, each once", () => {
    const { conversations } = declarationOf(settingOf({ members: 2_500 }), 1);
    const sizes = conversations.map(({ members }) => Object.keys(members).length);
    assert.deepEqual(sizes, [1_000, 1_000, 500]);
    const labels = conversations.flatMap(({ members }) => Object.keys(members));
    assert.equal(new Set(labels).size, 2_500);
  });

  it("changes every member with the revision, and nothing else", () => {
    const [before, after] = [1, 2].map((revision) => JSON.stringify(declarationOf(settingOf(), revision)));
    assert.equal(after?.match(/"revision":2/g)?.length, 500);
    assert.equal(after?.replaceAll('"revision":2', '"revision":1'), before);
  });
});
