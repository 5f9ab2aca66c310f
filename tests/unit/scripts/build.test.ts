import assert from "node:assert/strict";
import { script } from "./modules";

interface BuildModule {
  explain(name: string, output: string): string;
}

describe("set-up: what a failed build says", () => {
  let explain: BuildModule["explain"];
  before(async () => {
    explain = (await script<BuildModule>("toolchain/build.mjs")).explain;
  });

  const cases: [name: string, output: string, hint: RegExp][] = [
    ["no network", "x@v1: dial tcp: lookup proxy.invalid: no such host", /check the network/],
    ["a proxy that is off", "module lookup disabled by GOPROXY=off", /check the network/],
    ["an old Go", "go: go.mod requires go >= 1.25.11 (running go 1.22.3; GOTOOLCHAIN=local)", /newer Go/],
    ["a full disk", "write /tmp/x: no space left on device", /Free some space/],
    ["other modules", "verifying module: checksum mismatch", /not the ones that go\.sum pins/],
    ["anything else", "internal compiler error", /Install the Pulumi CLI/],
  ];
  for (const [name, output, hint] of cases) {
    it(name, () => {
      const told = explain("pulumi", `go: downloading a/b v1\nruntime/internal/sys\n${output}\n`);
      assert.match(told, hint);
      assert.ok(told.endsWith(`  ${output}`), told);
      assert.doesNotMatch(told, /downloading|runtime/);
    });
  }
});
