import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  Conversation,
  Service,
  StandingConversation,
  type StandingConversationArgs,
  type StandingMemberArgs,
} from "../../../provider";
import { useTestBed } from "../../support/stack/test-bed";
import type { Outcome } from "../../support/stack/test-stack";

type Args = StandingConversationArgs<string, string>;

/** Everything that an option can be about; what changes says `text`. */
function everything(text: string): Args {
  const members: Record<string, StandingMemberArgs> = {
    alice: { identity: "alice", attributes: { team: text, floor: text } },
    bob: { identity: "bob", attributes: { team: text, floor: text } },
  };
  return {
    ...{ friendlyName: text, attributes: { region: text, team: text }, protect: false, members },
    roster: { members: { carol: { identity: "carol", attributes: { team: text } } } },
    webhooks: {
      crm: {
        target: "webhook",
        configuration: { url: `https://example.com/${text}`, filters: ["onMessageAdded"] },
      },
    },
  };
}

const writes = ({ requests }: Outcome) => requests.filter(({ method }) => method !== "GET");
const changes = ({ steps }: Outcome) =>
  Object.fromEntries(Object.entries(steps).map(([name, { op, keys }]) => [name, [op, ...keys].join(" ")]));

describe("The resource options of a standing conversation", () => {
  let declare: () => void = () => {};
  const bed = useTestBed(async () => declare());

  const all = {
    conversation: "update attributes.region attributes.team friendlyName",
    alice: "update attributes.floor attributes.team",
    bob: "update attributes.floor attributes.team",
    roster: "update members.carol.attributes.team",
    crm: "update configuration.url",
  };
  type Changes = Readonly<Partial<typeof all>>;

  /** What the second `up` does when all that is declared has changed, where all of it is changed without options. */
  const cases: [string, pulumi.ComponentResourceOptions, Changes][] = [
    ["without options changes all", {}, all],
    [
      "ignores what ignoreChanges names, of the conversation and of those in it",
      {
        ignoreChanges: [
          ...["friendlyName", "attributes.team"],
          ...["members.alice.attributes", 'members["bob"].attributes.floor'],
        ],
      },
      {
        ...{ conversation: "update attributes.region", bob: "update attributes.team" },
        ...{ roster: all.roster, crm: all.crm },
      },
    ],
    [
      "ignores what a wildcard names, of each",
      {
        ignoreChanges: [
          ...["attributes.*", "members.*.attributes.team"],
          ...["webhooks[*].configuration", "roster.members.*.attributes"],
        ],
      },
      {
        conversation: "update friendlyName",
        alice: "update attributes.floor",
        bob: "update attributes.floor",
      },
    ],
    [
      "ignores all of one member, of the roster and of a webhook",
      { ignoreChanges: ["members.bob", "roster", "webhooks.crm.*"] },
      { conversation: all.conversation, alice: all.alice },
    ],
    ["ignores all of all", { ignoreChanges: ["*"] }, {}],
    [
      "replaces by replaceOnChanges the member that it names, and nobody else",
      { replaceOnChanges: ["members.alice.attributes.floor"] },
      { ...all, alice: all.alice.replace("update", "replace") },
    ],
    ["changes what hideDiffs hides", { hideDiffs: ["*"] }, all],
    [
      "has with `transforms` for one of its resources what would be refused",
      { transforms: [(resource) => transformed(resource)] },
      all,
    ],
  ];
  let calls = 0;
  let transformed: pulumi.ResourceTransform;
  let shown = "";
  let done: Record<string, string>;

  before(async () => {
    let text = "before";
    declare = () => {
      const counted = new pulumi.ResourceHook("counted", async () => {
        calls += 1;
      });
      transformed = ({ type, props, opts }) =>
        type.endsWith(":Conversation")
          ? { props, opts: { ...opts, hooks: { beforeUpdate: [counted] } } }
          : undefined;
      for (const [index, [, opts]] of cases.entries())
        new StandingConversation(
          `desk${index}`,
          everything(opts.hideDiffs === undefined ? text : `hidden-${text}`),
          opts,
        );
    };
    await bed.stack.up();
    text = "after";
    shown = (await bed.stack.preview()).text;
    done = changes(await bed.stack.up());
  });

  for (const [index, [what, , expected]] of cases.entries()) {
    it(what, () => {
      const names = Object.entries(expected).map(([part, change]) => [
        part === "conversation" ? `desk${index}` : `desk${index}-${part}`,
        change,
      ]);
      const found = Object.entries(done).filter(([name]) => name.split("-")[0] === `desk${index}`);
      assert.deepEqual(Object.fromEntries(found), Object.fromEntries(names));
    });
  }

  it("shows what changes, without what hideDiffs hides", () => {
    assert.match(shown, /=> "after"/);
    assert.doesNotMatch(shown, /hidden-after/);
  });

  it("calls a hook of an update once for the conversation that `transforms` gives it to", () =>
    assert.equal(calls, 1));

  it("replacementTrigger and replaceWith replace it with all that is in it, as the preview says", async () => {
    let count = 0;
    declare = () => {
      const other = new Conversation(
        "other",
        { attributes: { count } },
        { replaceOnChanges: ["attributes"] },
      );
      const args = everything("same");
      new StandingConversation("triggered", args, { replacementTrigger: count });
      new StandingConversation("with-other", args, { replaceWith: [other] });
    };
    await bed.stack.up();
    count = 1;
    const expected = ["triggered", "with-other"].flatMap((name) =>
      ["", "-alice", "-bob", "-crm", "-roster"].map((part) => [`${name}${part}`, "replace"]),
    );
    const operations = ({ steps }: Outcome) =>
      Object.fromEntries(
        Object.entries(steps)
          .filter(([name]) => name !== "other")
          .map(([name, { op }]) => [name, op]),
      );
    assert.deepEqual(operations(await bed.stack.preview()), Object.fromEntries(expected));
    assert.deepEqual(operations(await bed.stack.up()), Object.fromEntries(expected));
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });

  it("dependsOn, deletedWith, retainOnDelete, aliases and hooks of creation are Pulumi's, for all of it", async () => {
    const called: string[] = [];
    let name = "one";
    declare = () => {
      const service = new Service("service", { friendlyName: "service" });
      const first = new Conversation("first", { uniqueName: "first" });
      const noted = (hook: string) => async () => {
        called.push(hook);
      };
      const hooks = { beforeCreate: [noted("beforeCreate")], afterCreate: [noted("afterCreate")] };
      new StandingConversation("last", everything("same"), { dependsOn: first, hooks });
      const within = { ...everything("same"), serviceSid: service.id };
      new StandingConversation("within", within, { deletedWith: service });
      new StandingConversation("kept", everything("same"), { retainOnDelete: true });
      const aliases = [{ name: "one" }];
      new StandingConversation(name, everything("same"), { aliases });
    };
    const created = writes(await bed.stack.up())
      .map(({ path }) => path)
      .filter((path) => path === "/v1/Conversations");
    assert.equal(created.length, 4);
    assert.deepEqual(called, ["beforeCreate", "afterCreate"]);
    const sidOf = (resource: string) => String(bed.stack.state()[resource]?.id);
    name = "two";
    const renamed = await bed.stack.up();
    assert.deepEqual([changes(renamed), writes(renamed)], [{}, []]);
    const gone = ["first", "last", "service", "two"].map(sidOf);
    const kept = sidOf("kept");
    const order: string[] = [];
    declare = () => {};
    for (const { path } of writes(await bed.stack.up())) order.push(path.split("/").at(-1) ?? "");
    assert.deepEqual([...order].sort(), [...gone].sort());
    assert.ok(order.indexOf(gone[1] ?? "") < order.indexOf(gone[0] ?? ""));
    assert.equal(bed.simulator.participants(kept).length, 3);
  });

  it("an option that does nothing is refused before anything is declared, with what to write instead", async () => {
    declare = () =>
      new StandingConversation("refused", everything("x"), { customTimeouts: { create: "5m" } });
    const text = await bed.stack.failing(() => bed.stack.preview());
    assert.match(text, /customTimeouts: .*twilio:timeoutSeconds/s);
    assert.doesNotMatch(text, /StandingConversation\s+refused\s+create/);
  });
});
