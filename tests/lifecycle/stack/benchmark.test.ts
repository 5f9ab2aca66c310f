import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import type { Sample } from "../../bench/figures";
import type { Operation, Setting } from "../../bench/setting";
import { measureLife } from "../../bench/stack-life";

const plain = { members: 3, latencyMs: 0, writesPerSecond: 0, checkpoints: true } as const;

describe("npm run bench", () => {
  const measured = async (
    part: Partial<Setting> & Pick<Setting, "kind">,
    operations: readonly Operation[],
  ) => {
    const samples: Sample[] = [];
    await measureLife({ ...plain, ...part }, operations, (sample) => samples.push(sample));
    return samples;
  };

  it("takes a roster through its life, and sees what each operation costs", async () => {
    const operations = ["up", "refresh-preview", "update", "destroy"] as const;
    const samples = await measured({ kind: "roster" }, operations);
    assert.deepEqual(
      samples.map(({ operation }) => operation),
      operations,
    );
    const count = (at: number, request: string) => samples[at]?.requests[request];
    assert.equal(count(0, "POST Conversations/…/Participants"), 3);
    assert.equal(count(1, "GET Conversations/…/Participants"), 1);
    assert.equal(count(2, "POST Conversations/…/Participants/…"), 3);
    assert.equal(count(3, "DELETE Conversations/…"), 1);
    for (const { operation, wallMs, stateBytes, providerPeakBytes } of samples) {
      assert.ok(wallMs > 100, operation);
      assert.ok(stateBytes > (operation === "destroy" ? 50 : 500), operation);
      if (existsSync("/proc/self/status")) assert.ok((providerPeakBytes ?? 0) > 50_000_000, operation);
    }
  });

  it("gives a Participant each a request of its own, within the limit where it is on", async () => {
    const [sample] = await measured({ kind: "participants", writesPerSecond: 30, checkpoints: false }, [
      "up",
    ]);
    assert.equal(sample?.requests["POST Conversations/…/Participants"], 3);
    assert.equal(sample?.throttled, 0);
  });

  it("asks nothing for a provider that does nothing, yet brings every resource up", async () => {
    const samples = [
      ...(await measured({ kind: "idle-participants" }, ["up"])),
      ...(await measured({ kind: "idle-roster" }, ["up", "refresh-preview"])),
    ];
    assert.equal(samples.length, 3);
    for (const { requests, stateBytes } of samples) {
      assert.deepEqual(requests, {});
      // The state of the stack alone is less.
      assert.ok(stateBytes > 2 * 500);
    }
  });
});
