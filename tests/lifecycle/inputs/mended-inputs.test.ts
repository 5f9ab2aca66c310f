import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Conversation, Participant, User } from "../../../provider";
import { diagnosticsIn } from "../../support/diagnostics";
import { useTestBed } from "../../support/stack/test-bed";

describe("wrong inputs of a program that the engine makes right", () => {
  let program: () => void = () => {};
  const bed = useTestBed(async () => program());
  const wrong = { conversationSid: "support", identity: "system" };

  it("are not refused: by transforms, of it and of all, and by transformations", async () => {
    await bed.account.conversation("support");
    program = () => {
      const named =
        (name: string) =>
        ({ props, opts }: Pick<pulumi.ResourceTransformArgs, "props" | "opts">) => ({
          props: { ...props, identity: name },
          opts,
        });
      new Participant("own", wrong, { transforms: [named("alice")] });
      new Participant("older", wrong, { transformations: [named("bob")] });
      const parent = new pulumi.ComponentResource(
        "test:index:Team",
        "team",
        {},
        { transforms: [(args) => (args.type.endsWith(":Participant") ? named("carol")(args) : undefined)] },
      );
      new Participant("inherited", wrong, { parent });
    };
    assert.deepEqual(Object.keys((await bed.stack.preview()).steps).sort(), ["inherited", "older", "own"]);
    await bed.stack.up();
    const identities = bed.simulator.participants().map(({ identity }) => identity);
    assert.deepEqual(identities.sort(), ["alice", "bob", "carol"]);
    for (const { inputs, outputs } of bed.stack.rows())
      assert.deepEqual(
        Object.keys({ ...inputs, ...outputs }).filter((key) => key === "__problems"),
        [],
      );
  });

  it("are told where a transform makes them wrong", async () => {
    program = () => {
      new Participant(
        "own",
        { ...wrong, identity: "alice" },
        {
          transforms: [({ props, opts }) => ({ props: { ...props, identity: "unique" }, opts })],
        },
      );
      new User("dora", { identity: "private" });
    };
    const screen = diagnosticsIn(await bed.stack.failing(() => bed.stack.preview()));
    assert.match(screen, /Participant resource 'own' has a problem: identity: /);
    assert.match(screen, /User resource 'dora' has a problem: identity: /);
  });

  it("are not refused where `ignoreChanges` keeps what is in state", async () => {
    const attributes: Record<string, string> = { team: "desk" };
    program = () =>
      void new Conversation("desk", { uniqueName: "desk", attributes }, { ignoreChanges: ["attributes"] });
    await bed.stack.up();
    attributes["team"] = "x".repeat(20_000);
    assert.deepEqual((await bed.stack.preview()).steps, {});
    await bed.stack.up();
  });

  it("leave the state as it is, and are told of an update, a replacement and a rename too", async () => {
    program = () => {
      new Conversation("desk", { uniqueName: "desk" });
      new Conversation("old", { uniqueName: "old" });
      new Participant("own", { ...wrong, identity: "alice" });
    };
    await bed.stack.up();
    const before = bed.stack.state();
    program = () => {
      new Conversation("desk", { uniqueName: "desk", state: "asleep" });
      new Conversation(
        "new",
        { uniqueName: "old", timers: { closed: "PT1M" } },
        { aliases: [{ name: "old" }] },
      );
      new Participant("own", wrong);
      Conversation.get("foreign", { sid: String(before["desk"]?.id) });
    };
    const screen = diagnosticsIn(await bed.stack.failing(() => bed.stack.preview()));
    assert.match(screen, /'desk' has a problem: state: /);
    assert.match(screen, /'new' has a problem: timers\.closed: /);
    assert.match(screen, /'own' has a problem: identity: /);
    assert.equal(screen.split("has a problem: ").length - 1, 3);
    assert.deepEqual(bed.stack.state(), before);
  });
});
