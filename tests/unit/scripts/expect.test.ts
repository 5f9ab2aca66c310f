import assert from "node:assert/strict";
import { script } from "./modules";

interface ExpectModule {
  expectCounts(output: string, wanted: Record<string, number>): void;
  expectDrift(output: string, roles: { agent: string; lead: string }): void;
}

describe("npm run demo: what it expects of Pulumi", () => {
  let demo: ExpectModule;
  before(async () => {
    demo = await script<ExpectModule>("demo/expect.mjs");
  });

  it("counts what Pulumi counts, no more and no less", () => {
    const output = "Resources:\n    + 1 to create\n    ~ 2 to update\n    3 changes. 5 unchanged\n";
    demo.expectCounts(output, { "to update": 2, "to create": 1, unchanged: 5 });
    assert.throws(() => demo.expectCounts(output, { "to update": 2, unchanged: 5 }), /Pulumi counts/);
    // The program of a wrong entry runs, too: it makes the stack and nothing in it.
    assert.throws(
      () => demo.expectCounts("Resources:\n    + 1 created\n", { created: 8 }),
      /not as expected/,
    );
  });

  const roles = { agent: "RLagent", lead: "RLlead" };

  it("accepts the three changes and refuses a fourth", () => {
    demo.expectDrift(preview(), roles);
    assert.throws(
      () => demo.expectDrift(preview(block("customer", "refresh")), roles),
      /names alice, bob, customer/,
    );
  });

  it("wants the property that changed", () => {
    assert.throws(() => demo.expectDrift(preview().replace("sales", "sales!"), roles), /the team of bob/);
    assert.throws(() => demo.expectDrift(preview().replace("RLlead", "RLother"), roles), /the role of alice/);
  });

  function preview(more = ""): string {
    return [
      "~ pulumi:pulumi:Stack: (refresh)\n    [urn=urn:pulumi:demo::support-desk::pulumi:pulumi:Stack::support-desk-demo]\n",
      more,
      block("on-call", "create"),
      block("alice", "update", '~ roleSid: "RLlead" => "RLagent"'),
      block("bob", "update", '~ attributes: {\n          ~ team: "sales" => "support"\n        }'),
      "Resources:\n    + 1 to create\n    ~ 2 to update\n    3 changes. 5 unchanged\n",
    ].join("");
  }

  function block(name: string, operation: string, change = ""): string {
    const type = "pulumi-nodejs:dynamic/twilio:Participant";
    return `    ~ ${type}: (${operation})\n        [urn=urn:pulumi:demo::support-desk::${type}::${name}]\n      ${change}\n`;
  }
});
