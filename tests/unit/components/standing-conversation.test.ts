import { deepEqual, doesNotThrow, throws } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { StandingConversation, type StandingConversationArgs } from "../../../provider";
import { limitLabels, mapLabels } from "../../../provider/components/labels";
import { ConfigurationError } from "../../../provider/core/errors";

describe("StandingConversation: its labels", () => {
  const labelled = (members: unknown) =>
    mapLabels("members", members as Record<string, object>, (label, part) => [label, part]);

  it("give a part each, in their order", () =>
    deepEqual(labelled({ b: { x: 1 }, a: {} }), { b: ["b", { x: 1 }], a: ["a", {}] }));

  it("are none where nothing is declared", () => deepEqual(labelled(undefined), {}));

  it("are as many as Twilio allows, and the error has its code", () => {
    const webhooks = { a: {}, b: {} };
    doesNotThrow(() => limitLabels("webhooks", undefined, 2, 50361));
    doesNotThrow(() => limitLabels("webhooks", webhooks, 2, 50361));
    throws(() => limitLabels("webhooks", { ...webhooks, c: {} }, 2, 50361), {
      message: "webhooks: has 3, the limit is 2 (Twilio error 50361). Remove some.",
    });
  });

  const wrongs: [string, unknown, string][] = [
    ["an output", pulumi.output({ alice: {} }), "members"],
    ["a promise", Promise.resolve({ alice: {} }), "members"],
    ["a list", [{ identity: "alice" }], "members"],
    ["text", "alice", "members"],
    ["null", null, "members"],
    ["a map", new Map([["alice", { identity: "alice" }]]), "members"],
    ["a member that is a map", { alice: new Map([["identity", "alice"]]) }, "members.alice"],
    ["a member that is an output", { bob: {}, alice: pulumi.output({}) }, "members.alice"],
    ["a member that is left undefined", { alice: undefined }, "members.alice"],
    ["a member that is text", { alice: "alice" }, "members.alice"],
  ];
  const isRefused = (path: string) => (error: unknown) =>
    error instanceof ConfigurationError &&
    error.message.startsWith(`${path}: must be a plain object that is known before anything is created.`);
  for (const [what, members, path] of wrongs) {
    it(`cannot be of ${what}, and the error names ${path}`, () =>
      throws(() => labelled(members), isRefused(path)));
  }

  for (const group of ["members", "webhooks", "roster"])
    it(`are those of ${group}, which cannot be an output`, () =>
      throws(
        () => new StandingConversation("desk", { [group]: pulumi.output({ crm: {} }) } as object),
        isRefused(group),
      ));
});

describe("StandingConversation: its types", () => {
  /** Never called: the compiler is the test. */
  const compiled = (
    declare: <Member extends string = never, Webhook extends string = never>(
      args: StandingConversationArgs<Member, Webhook>,
    ) => StandingConversation<Member, Webhook>,
  ) => {
    const desk = declare({
      uniqueName: pulumi.output("desk"),
      members: {
        alice: { identity: pulumi.output("alice") },
        customer: { messagingBinding: { address: "+1", proxyAddress: "+2" } },
      },
      webhooks: { flow: { target: "studio", configuration: { flowSid: "FW" } } },
    });
    const sids: pulumi.Output<string>[] = [
      desk.conversationSid,
      desk.members.alice.sid,
      desk.members.customer.sid,
      desk.webhooks.flow.sid,
    ];
    // @ts-expect-error: nobody has this label
    const nobody = desk.members.bob;
    // @ts-expect-error: labels must be known before anything is created
    declare({ members: pulumi.output({ alice: { identity: "alice" } }) });
    // @ts-expect-error: its conversation is the one of the component
    declare({ members: { alice: { identity: "alice", conversationSid: "CH" } } });
    // @ts-expect-error: a Studio flow has no URL
    declare({ webhooks: { flow: { target: "studio", configuration: { url: "https://example.com" } } } });
    // @ts-expect-error: a component without members has none
    const alice = declare({}).members.alice;
    const named: Record<string, { identity: string }> = {};
    // @ts-expect-error: a label that is not known to the compiler may be missing
    const unknown = declare({ members: named }).members["alice"].sid;
    return [sids, nobody, alice, unknown];
  };

  it("hold at compile time", () => deepEqual(typeof compiled, "function"));
});
