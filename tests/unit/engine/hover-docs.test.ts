import { deepEqual, equal } from "node:assert/strict";
import { fieldsOf } from "../../../provider/engine/define";
import { definitions } from "../../../provider/resources";
import { hoverDocs, publicProgram } from "./hover-docs";

describe("engine: docs that an editor shows for what a program writes", () => {
  let docs: Map<string, string>;
  before(function () {
    this.timeout(60_000);
    docs = hoverDocs(publicProgram("declarations"));
  });

  for (const { type, schema, ...definition } of definitions) {
    it(`stand at every field of ${type}Args, nested ones too`, () => {
      const own = [...docs].filter(([path]) => path.startsWith(`${type}Args.`));
      const fields = fieldsOf({ type, schema, ...definition }).filter(
        ({ policy }) => policy.internal !== true,
      );
      deepEqual(
        own
          .map(([path]) => path.split(".")[1])
          .filter((name, at, all) => all.indexOf(name) === at)
          .sort(),
        fields.map(({ name }) => name).sort(),
      );
      deepEqual(
        own.filter(([, text]) => text === "").map(([path]) => path),
        [],
      );
    });

    it(`say at every field of ${type}Args that replaces, that it does`, () => {
      for (const { name, policy } of fieldsOf({ type, schema, ...definition })) {
        const text = docs.get(`${type}Args.${name}`)?.replaceAll(/\s+/g, " ") ?? "";
        equal(/Changing it replaces/.test(text), policy.change === "replace", `${type}Args.${name}: ${text}`);
      }
    });
  }

  it("stand at every field of a StandingConversation and of its members", () => {
    const fieldsIn = (type: string) =>
      [...docs]
        .filter(([path]) => path.startsWith(`${type}.`))
        .map(([path, text]) => [path.slice(type.length), text]);
    const given = /^\.(conversationSid|serviceSid|account)$/;
    const standing = Object.fromEntries(fieldsIn("StandingConversationArgs"));
    const member = Object.fromEntries(fieldsIn("StandingMemberArgs"));
    for (const [path, text] of fieldsIn("ConversationArgs")) equal(standing[path ?? ""], text);
    equal(standing[".members"]?.includes("under a label of your choice"), true);
    for (const [path, text] of fieldsIn("ParticipantArgs"))
      if (!given.test(path ?? "")) equal(member[path ?? ""], text);
    const webhook = Object.fromEntries(fieldsIn("StandingWebhookArgs"));
    for (const [path, text] of fieldsIn("ConversationWebhookArgs"))
      if (!given.test(path ?? "")) equal(webhook[path ?? ""], text);
  });

  it("are found for nested members", () =>
    equal(docs.get("ParticipantArgs.messagingBinding.address")?.includes("The person's address"), true));
});
