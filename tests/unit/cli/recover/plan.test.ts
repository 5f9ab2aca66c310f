import { deepEqual, equal, match } from "node:assert/strict";
import { judge } from "../../../../provider/cli/recover/checkpoint";
import type { Findings, FoundFile } from "../../../../provider/cli/recover/findings";
import type { FoundLock, Holder } from "../../../../provider/cli/recover/lock";
import { placeOf } from "../../../../provider/cli/recover/place";
import { planOf, restoredFrom } from "../../../../provider/cli/recover/plan";
import { state, URN } from "./states";

const NOW = Date.parse("2026-11-23T12:00:00Z");

const found = (file: string, writtenMs: number, bytes = state()): FoundFile => ({
  file,
  writtenMs,
  changedMs: writtenMs,
  judgement: judge(bytes),
});
const EMPTY = Buffer.alloc(0);
const UNREADABLE = Buffer.from("{}");
const LATER = state({ time: "2026-11-23T11:00:00Z" });

function findings(parts: Partial<Findings> = {}): Findings {
  return {
    place: placeOf("/s", { name: "dev", project: "desk" }),
    locks: [],
    stateFile: "/s/dev.json",
    state: found("/s/dev.json", 10),
    copies: [],
    unfinished: [],
    brokenAttributes: [],
    ...parts,
  };
}

function lock(holder: Holder): FoundLock {
  const timestamp = "2026-11-23T11:48:00.5+00:00";
  const content = { pid: 7, username: "ann", hostname: "laptop", timestamp };
  return { file: "/l/1.json", holder, writtenMs: 0, lock: holder === "unknown" ? undefined : content };
}

describe("recover: which copy takes the place of the state", () => {
  const copies = [found("old", 1), found("new", 9), found("newest but cut", 11, EMPTY)];

  const cases: [string, Partial<Findings>, string | undefined][] = [
    ["none where the state is complete", {}, undefined],
    ["the newest complete one where it is empty", { state: found("s", 10, EMPTY), copies }, "new"],
    ["the newest complete one where it is gone", { state: undefined, copies }, "new"],
    ["none where none is complete", { state: undefined, copies: [found("c", 1, EMPTY)] }, undefined],
    [
      "what was being written, where it is complete and newest",
      { state: found("s", 10, EMPTY), copies, unfinished: [found("t", 10)] },
      "t",
    ],
    ["what was written after a complete state", { unfinished: [found("t", 11, LATER)] }, "t"],
    [
      "not what was cut while it was written",
      { unfinished: [found("t", 11, LATER.subarray(0, 50))] },
      undefined,
    ],
    ["not what an earlier kill left", { unfinished: [found("t", 9, LATER)] }, undefined],
    ["not what the engine recorded before", { unfinished: [found("t", 11)] }, undefined],
    [
      "not what its name dates before",
      { unfinished: [{ ...found("t", 9, LATER), changedMs: 11 }] },
      undefined,
    ],
    [
      "not what the folder dates before",
      { unfinished: [{ ...found("t", 11, LATER), changedMs: 9 }] },
      undefined,
    ],
    ["none for a format that is not known", { state: found("s", 1, Buffer.from("{}")), copies }, undefined],
  ];
  for (const [what, parts, expected] of cases)
    it(what, () => equal(restoredFrom(findings(parts))?.file, expected));
});

describe("recover: the plan", () => {
  const kinds = (parts: Partial<Findings>) => planOf(findings(parts), NOW).steps.map(({ kind }) => kind);

  it("is empty where nothing is wrong", () => {
    const { steps, notes, refusal } = planOf(findings(), NOW);
    deepEqual({ steps, notes, refusal }, { steps: [], notes: [], refusal: undefined });
  });

  it("begins with the lock and ends with what is pending in the restored state", () => {
    const copy = found("/s/dev.json.bak", 1, state({ pending: [{ type: "creating" }] }));
    deepEqual(
      kinds({
        locks: [lock("gone")],
        brokenAttributes: ["/s/dev.json.attrs"],
        state: found("/s/dev.json", 2, EMPTY),
        copies: [copy],
      }),
      ["lock", "attributes", "state", "pending"],
    );
  });

  it("says who holds a lock and since when", () => {
    const said = (holder: Holder) => planOf(findings({ locks: [lock(holder)] }), NOW).steps[0];
    match(
      said("gone")?.found[0] ?? "",
      /^locked by ann@laptop, process 7, since 2026-11-23 11:48:00 UTC \(12 minutes ago\): that process is gone$/,
    );
    match(said("on another host")?.question ?? "", /^Are you sure that no Pulumi works on this stack/);
    match(said("unknown")?.found[0] ?? "", /it names nobody/);
  });

  for (const [minutes, said] of [
    [0.4, "just now"],
    [1, "1 minute ago"],
    [119, "119 minutes ago"],
    [120, "2 hours ago"],
    [60 * 24 * 3, "72 hours ago"],
    [-5, "5 minutes ahead of this machine's clock, so one of the two is wrong"],
    [-180, "3 hours ahead of this machine's clock, so one of the two is wrong"],
  ] as const)
    it(`says how old what it restores is: ${said}`, () => {
      const copy = found("c", NOW - minutes * 60_000);
      const [step] = planOf(findings({ state: undefined, copies: [copy] }), NOW).steps;
      equal(/ UTC \((.*)\)$/.exec(step?.found[0] ?? "")?.[1], said);
    });

  it("asks for a name as it is shown: in one line, with nothing that steers a terminal", () => {
    const odd = lock("on another host");
    const content = {
      pid: 7,
      username: " Ann\n\u001b[31mLee",
      hostname: "far ",
      timestamp: "2026-11-23T11:48:00Z",
    };
    const [step] = planOf(findings({ locks: [{ ...odd, lock: content }] }), NOW).steps;
    deepEqual(step?.unseen, ["Ann\\u000a\\u001b[31mLee@far"]);
    match(step?.found[0] ?? "", /^locked by Ann\\u000a\\u001b\[31mLee@far, process 7/);
  });

  it("refuses where a process of this host holds the lock, whatever else there is", () => {
    const { refusal } = planOf(findings({ locks: [lock("gone"), lock("alive")] }), NOW);
    match(refusal ?? "", /process 7.* is running.*Ctrl-C.*pulumi cancel/);
  });

  it("refuses where nothing complete is left, and where the format is not known", () => {
    match(planOf(findings({ state: found("s", 1, EMPTY) }), NOW).refusal ?? "", /no complete copy/);
    match(planOf(findings({ state: found("s", 1, Buffer.from("{}")) }), NOW).refusal ?? "", /this version/);
  });

  const doubtful: [string, Partial<Findings>, RegExp | undefined][] = [
    ["the state", { state: found("s", 1, UNREADABLE), copies: [found("c", 9)] }, /state s /],
    [
      "the newest copy",
      { state: found("s", 9, EMPTY), copies: [found("a", 3), found("b", 4, UNREADABLE)] },
      /b /,
    ],
    [
      "an older copy",
      { state: found("s", 9, EMPTY), copies: [found("a", 3), found("b", 2, UNREADABLE)] },
      undefined,
    ],
    ["the only copy", { state: undefined, copies: [found("b", 2, UNREADABLE)] }, /b /],
    ["what was written after the state", { unfinished: [found("t", 11, UNREADABLE)] }, /t /],
    ["what an earlier kill left", { unfinished: [found("t", 9, UNREADABLE)] }, undefined],
  ];
  for (const [what, parts, refused] of doubtful)
    it(`${refused === undefined ? "does not mind" : "refuses"} where ${what} cannot be read here`, () => {
      const { refusal } = planOf(findings(parts), NOW);
      equal(refusal === undefined, refused === undefined, refusal);
      if (refused !== undefined) match(refusal ?? "", refused);
    });

  it("drops what is pending, but for creations of other providers", () => {
    const bucket = { type: "creating", urn: "urn:bucket", resourceType: "aws:s3/bucket:Bucket" };
    const pending = [{ type: "creating" }, { type: "deleting" }, bucket];
    const plan = planOf(findings({ state: found("s", 1, state({ pending })) }), NOW);
    deepEqual(
      plan.dropped.map(({ type }) => type),
      ["creating", "deleting"],
    );
    const [step] = plan.steps;
    match(step?.found[0] ?? "", new RegExp(`^creating ${URN}: .*adopts it$`));
    match(step?.found[1] ?? "", new RegExp(`^deleting ${URN}: .*deletes it again$`));
    match(plan.notes[0] ?? "", /urn:bucket.*another provider.*pulumi refresh/);
  });

  it("does not drop an interrupted update of another provider's: the engine does so itself", () => {
    const pending = [{ type: "updating", resourceType: "aws:s3/bucket:Bucket" }];
    equal(planOf(findings({ state: found("s", 1, state({ pending })) }), NOW).dropped.length, 1);
  });
});
