import assert from "node:assert/strict";
import { checkAll, ok, problem, warning } from "../../../../provider/cli/doctor/check";
import { jsonOf, textOf } from "../../../../provider/cli/doctor/report";
import { judgedPulumi } from "../../../../provider/cli/doctor/toolchain";
import { judgedClock } from "../../../../provider/cli/doctor/twilio";
import { runtimeIn } from "../../../../provider/cli/doctor/typescript";
import { isAtLeast } from "../../../../provider/cli/pulumi/pulumi";

describe("doctor: findings", () => {
  for (const [version, least, expected] of [
    ["v3.216.0", "3.216.0", true],
    ["3.255.0-alpha.1", "3.254.0", true],
    ["v3.99.9", "3.216.0", false],
    ["v3.216.0", "3.216.1", false],
    ["v4.0.0", "3.216.0", true],
    ["none", "3.216.0", true],
  ] as const)
    it(`takes ${version} for ${expected ? "" : "less than "}${least}`, () =>
      assert.equal(isAtLeast(version, least), expected));

  it("tells by the version of Pulumi what works", () => {
    assert.equal(judgedPulumi("v3.215.9").status, "problem");
    assert.equal(judgedPulumi("v3.216.0").status, "warning");
    assert.equal(judgedPulumi("v3.253.9").status, "warning");
    assert.deepEqual(judgedPulumi("v3.254.0"), ok("v3.254.0"));
  });

  for (const [text, runtime] of [
    ["name: desk\nruntime: nodejs\n", "nodejs"],
    ["name: desk\nruntime:\n  name: nodejs\n  options: { typescript: false }\n", "nodejs"],
    ["name: desk\nruntime: { name: python, options: {} }\n", "python"],
    ['{ "name": "desk",\n "runtime": "go" }', "go"],
    ["name: desk\n", undefined],
  ] as const)
    it(`reads the runtime ${runtime} in ${JSON.stringify(text)}`, () =>
      assert.equal(runtimeIn(text), runtime));

  it("warns of a clock that is more than half a minute off, and says to which side", () => {
    assert.equal(judgedClock(30_000).status, "ok");
    assert.equal(judgedClock(-30_000).status, "ok");
    assert.equal(judgedClock(31_000).found, "31 s behind Twilio's");
    assert.equal(judgedClock(-31_000).found, "31 s ahead of Twilio's");
    assert.equal(judgedClock(undefined).status, "warning");
  });

  it("keeps each check where another one throws", async () => {
    const checked = await checkAll([
      { name: "first", find: () => Promise.reject(new Error("broken")) },
      { name: "second", find: async () => ok("fine") },
    ]);
    assert.deepEqual(checked, [
      { name: "first", ...problem("broken") },
      { name: "second", ...ok("fine") },
    ]);
  });

  it("shows a mark, what was found, and the hint below it", () => {
    const checked = [
      { name: "node", ...ok("v22") },
      { name: "pulumi", ...warning("old", "Upgrade.") },
      { name: "stack", ...problem("one\ntwo") },
    ];
    assert.equal(
      textOf(checked, (_format, text) => text),
      [
        "✓ node    v22",
        "! pulumi  old",
        "          → Upgrade.",
        "✗ stack   one",
        "          two",
        "",
        "1 problem, 1 warning.",
      ].join("\n"),
    );
    assert.equal(jsonOf(checked).well, false);
    assert.equal(jsonOf(checked.slice(0, 2)).well, true);
  });
});
