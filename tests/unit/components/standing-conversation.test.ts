import { deepEqual, throws } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { StandingConversation, StandingConversationArgs } from "../../../provider";
import { mapLabels } from "../../../provider/components/labels";
import { ConfigurationError } from "../../../provider/engine/config";

describe("StandingConversation: its labels", () => {
  const labelled = (members: unknown) =>
    mapLabels("members", members as Record<string, object>, (label, part) => [label, part]);

  it("give a part each, in their order", () =>
    deepEqual(labelled({ b: { x: 1 }, a: {} }), { b: ["b", { x: 1 }], a: ["a", {}] }));

  it("are none where nothing is declared", () => deepEqual(labelled(undefined), {}));

  const wrongs: [string, unknown, string][] = [
    ["an output", pulumi.output({ alice: {} }), "members"],
    ["a promise", Promise.resolve({ alice: {} }), "members"],
    ["a list", [{ identity: "alice" }], "members"],
    ["text", "alice", "members"],
    ["null", null, "members"],
    ["a member that is an output", { bob: {}, alice: pulumi.output({}) }, "members.alice"],
    ["a member that is left undefined", { alice: undefined }, "members.alice"],
    ["a member that is text", { alice: "alice" }, "members.alice"],
  ];
  for (const [what, members, path] of wrongs) {
    it(`cannot be of ${what}, and the error names ${path}`, () =>
      throws(
        () => labelled(members),
        (error) =>
          error instanceof ConfigurationError &&
          error.message.startsWith(`${path} must be a plain object, known before anything is created.`),
      ));
  }
});

describe("StandingConversation: its types", () => {
  /** Never called: the compiler is the test. */
  const compiled = (
    declare: <M extends string = never>(a: StandingConversationArgs<M>) => StandingConversation<M>,
  ) => {
    const desk = declare({
      uniqueName: pulumi.output("desk"),
      members: {
        alice: { identity: pulumi.output("alice") },
        customer: { messagingBinding: { address: "+1" } },
      },
    });
    const sids: pulumi.Output<string>[] = [
      desk.conversationSid,
      desk.members.alice.sid,
      desk.members.customer.sid,
    ];
    // @ts-expect-error: nobody has this label
    const nobody = desk.members.bob;
    // @ts-expect-error: labels must be known before anything is created
    declare({ members: pulumi.output({ alice: { identity: "alice" } }) });
    // @ts-expect-error: its conversation is the one of the component
    declare({ members: { alice: { identity: "alice", conversationSid: "CH" } } });
    // @ts-expect-error: a component without members has none
    const alice = declare({}).members.alice;
    const named: Record<string, { identity: string }> = {};
    // @ts-expect-error: a label that is not known to the compiler may be missing
    const unknown = declare({ members: named }).members["alice"].sid;
    return [sids, nobody, alice, unknown];
  };

  it("hold at compile time", () => deepEqual(typeof compiled, "function"));
});
