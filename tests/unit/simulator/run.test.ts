import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { flagsOf, simulatorOptions } from "../../../simulator/run";

describe("simulator command line", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
    writeFileSync(join(folder, "seed.json"), '{ "conversations": [{ "uniqueName": "eu" }] }');
    writeFileSync(join(folder, "faults.json"), '[{ "kind": "status", "status": 429 }]');
    writeFileSync(join(folder, "broken.json"), "{");
    writeFileSync(join(folder, "wrong.json"), '{ "rooms": [] }');
  });
  after(() => rmSync(folder, { recursive: true }));

  it("reads every flag", () => {
    const argv = [
      "--port",
      "0",
      "--seed",
      join(folder, "seed.json"),
      "--latency=5",
      "--rate-limit",
      "twilio",
    ];
    const options = simulatorOptions(flagsOf([...argv, "--faults", join(folder, "faults.json")]));
    assert.deepEqual(options, {
      port: 0,
      latencyMs: 5,
      rateLimit: "twilio",
      seed: { conversations: [{ uniqueName: "eu" }] },
      faults: [{ kind: "status", status: 429 }],
    });
  });

  const wrong: [string[], RegExp][] = [
    [["--port", "x"], /^--port takes a whole number from 0 to 65535, not x$/],
    [["--port", "70000"], /^--port takes/],
    [["--latency", "-1"], /latency/],
    [["--rate-limit", "0"], /^--rate-limit takes off, twilio or a whole number/],
    [["--seed", "none.json"], /^--seed: cannot read none\.json \(ENOENT\)$/],
    [["--colour"], /colour/],
    [["here"], /here/],
  ];
  for (const [argv, message] of wrong) {
    it(`refuses ${argv.join(" ")} in one line`, () => {
      const run = (): unknown => simulatorOptions(flagsOf(argv));
      assert.throws(run, (error: Error) => error.name === "UsageError" && !error.message.includes("\n"));
      assert.throws(run, { message });
    });
  }

  it("names the file and the place of a bad seed or fault script", () => {
    const seed = join(folder, "wrong.json");
    assert.throws(() => simulatorOptions({ seed }), { message: `--seed: ${seed}: seed.rooms is not known` });
    const faults = join(folder, "broken.json");
    assert.throws(() => simulatorOptions({ faults }), {
      name: "UsageError",
      message: /^--faults: .*broken\.json: /,
    });
  });
});
