import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { type Call, prepare, type Verb, verbsOf } from "../../../../provider/cli/try/call";
import { curlLine } from "../../../../provider/cli/try/curl";
import { fieldHelp } from "../../../../provider/cli/try/field-help";
import { fieldValue, flagsOf, valueAt } from "../../../../provider/cli/try/flag";
import { httpTask } from "../../../../provider/cli/try/http-task";
import { resourceCommand } from "../../../../provider/cli/try/resource-command";
import { requestJson, requestText } from "../../../../provider/cli/try/shown-request";
import type { Definition } from "../../../../provider/core/definition/define";
import type { JsonObject } from "../../../../provider/core/json";
import { conversation, definitions, participant, role } from "../../../../provider/resources";
import { credential } from "../../../../provider/resources/account/credential";
import { acceptedDeclarations } from "../../../types";
import { MB } from "../../../types/sids";
import { script } from "../../scripts/modules";

const ORIGIN = "https://conversations.twilio.com";

function called(definition: Definition, verb: Verb, given: JsonObject, sid?: string): Call {
  const call = prepare(definition, verb, given, sid);
  if ("problems" in call) throw new Error(JSON.stringify(call.problems));
  return call;
}

/** What a user types for a declaration. */
function argumentsFor(definition: Definition, declared: JsonObject): string[] {
  return flagsOf(definition).flatMap(({ path, name, kind }) => {
    const value = valueAt(declared, path);
    if (value === undefined) return [];
    const values = Array.isArray(value) && kind === "list" ? value : [value];
    return values.flatMap((one) => [name, typeof one === "string" ? one : JSON.stringify(one)]);
  });
}

describe("cli try: a request printed", () => {
  const odd = called(conversation, "create", { friendlyName: "it's $HOME", webhookEnabled: false });
  const secret = called(credential, "create", { type: "fcm", secret: "hush-hush" });

  it("as curl: quoted for a shell, the login as variables", () =>
    equal(
      curlLine(odd, ORIGIN),
      [
        "curl --request POST 'https://conversations.twilio.com/v1/Conversations'",
        '--user "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"',
        "--header 'X-Twilio-Webhook-Enabled: false'",
        "--data-urlencode 'FriendlyName=it'\\''s $HOME'",
      ].join(" \\\n  "),
    ));

  it("as an HTTP task: the form as text, the login as an input", () =>
    deepEqual(httpTask(odd, ORIGIN), {
      name: "create_conversation",
      taskReferenceName: "create_conversation_ref",
      type: "HTTP",
      inputParameters: {
        http_request: {
          uri: "https://conversations.twilio.com/v1/Conversations",
          method: "POST",
          headers: {
            Authorization: "Basic ${workflow.input.twilioBasicAuth}",
            "X-Twilio-Webhook-Enabled": "false",
          },
          accept: "application/json",
          contentType: "application/x-www-form-urlencoded",
          body: "FriendlyName=it%27s+%24HOME",
        },
      },
    }));

  it("without a form where nothing is sent", () => {
    const call = called(participant, "fetch", { conversationSid: "a/b" }, MB);
    const uri = `${ORIGIN}/v1/Conversations/a%2Fb/Participants/${MB}`;
    deepEqual(requestJson(call, ORIGIN), { method: "GET", url: uri, headers: {} });
    equal("body" in (httpTask(call, ORIGIN) as { body?: unknown }), false);
    equal(requestText(called(role, "list", {}), ORIGIN), `GET ${ORIGIN}/v1/Roles?PageSize=50`);
  });

  it("never with a secret", () => {
    const shown = [
      curlLine(secret, ORIGIN),
      JSON.stringify(httpTask(secret, ORIGIN)),
      JSON.stringify(requestJson(secret, ORIGIN)),
      requestText(secret, ORIGIN),
    ];
    for (const text of shown) doesNotMatch(text, /hush/);
    match(shown[0] ?? "", /--data-urlencode "Secret@\$SECRET_FILE"$/);
    match(shown[1] ?? "", /"Type=fcm&Secret=\$\{workflow\.input\.secretUrlEncoded\}"/);
  });
});

describe("cli try: what an option is given", () => {
  const flag = (definition: Definition, path: string) => {
    const found = flagsOf(definition).find((known) => known.path === path);
    if (found === undefined) throw new Error(path);
    return found;
  };

  it("becomes a value of its field's kind, or stays text for the check to refuse", () => {
    deepEqual(fieldValue(flag(participant, "attributes"), '{"a":1}'), { a: 1 });
    deepEqual(fieldValue(flag(participant, "attributes"), "{"), "{");
    deepEqual(fieldValue(flag(participant, "webhookEnabled"), true), true);
    deepEqual(fieldValue(flag(participant, "webhookEnabled"), "false"), false);
    deepEqual(fieldValue(flag(participant, "webhookEnabled"), "maybe"), "maybe");
    deepEqual(fieldValue(flag(participant, "lastReadMessageIndex"), "3"), 3);
    deepEqual(fieldValue(flag(participant, "lastReadMessageIndex"), ""), "");
    deepEqual(fieldValue(flag(participant, "identity"), "3"), "3");
    deepEqual(fieldValue(flag(role, "permissions"), ["a", "b"]), ["a", "b"]);
  });

  for (const definition of definitions)
    it(`is what the call has: ${definition.type}`, async () => {
      const [verb = "create"] = verbsOf(definition);
      for (const declared of acceptedDeclarations(definition.type)) {
        const calls: Call[] = [];
        const command = resourceCommand(definition, async (call) => void calls.push(call));
        await command.parseAsync([verb, ...argumentsFor(definition, declared)], { from: "user" });
        const { autoName: _internal, ...given } = declared;
        deepEqual(calls[0]?.inputs, called(definition, verb, given).inputs);
        deepEqual(calls[0]?.request, called(definition, verb, given).request);
      }
    });

  it("is taken in any number where the field is a list", async () => {
    const calls: Call[] = [];
    const command = resourceCommand(role, async (call) => void calls.push(call));
    const permissions = ["--permissions", "sendMessage", "--permissions", "leaveConversation"];
    await command.parseAsync(["--friendly-name", "a", "--type", "conversation", ...permissions], {
      from: "user",
    });
    deepEqual(calls[0]?.inputs["permissions"], ["sendMessage", "leaveConversation"]);
  });
});

describe("cli try: the help of a field", () => {
  it("is its doc, of every field of every resource", async () => {
    const docs = (
      await script<{ fieldDocs(): Record<string, Record<string, string>> }>("field-docs.mjs")
    ).fieldDocs();
    for (const definition of definitions) {
      const flags = flagsOf(definition);
      const entries = fieldHelp(flags, docs[definition.type] ?? {}).split("\n\n");
      equal(entries.length, flags.length);
      for (const [at, entry] of entries.entries()) {
        match(entry, /^ {2}--[a-z.-]+ [<[].*\n {6}[A-Z`]/, definition.type);
        equal(entry.startsWith(`  ${flags[at]?.name} `), true);
      }
    }
  });

  it("fits the terminal", () => {
    const text = fieldHelp(flagsOf(participant), { identity: "word ".repeat(100).trim() }, 60);
    const lines = text.split("\n").filter((line) => line.includes("word"));
    equal(lines.length > 5 && lines.every((line) => line.length <= 60), true);
    equal(text.match(/word/g)?.length, 100);
  });
});
