import { deepEqual, equal, throws } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Definition, isInService, isSingleton } from "../../../../provider/core/definition/define";
import { providerText } from "../../../../provider/core/program/provider-text";
import { definitions, Participant, roster } from "../../../../provider/resources";
import { CH, IS } from "../state/samples";
import type { Registration } from "./registrations";

const ROOT = join(__dirname, "../../../..");
const sourceOf = (path: string) => readFileSync(join(ROOT, "provider", path), "utf8");
const resources = readdirSync(join(ROOT, "provider/resources"), { encoding: "utf8", recursive: true });
const BASES = ["core/program/twilio-resource.ts", "core/program/object-resource.ts"];
const resourceSource = (file: string) =>
  sourceOf(join("resources", String(resources.find((path) => basename(path) === `${file}.ts`))));

describe("engine: provider text", () => {
  /** As it stands in the state of every stack there is. A red test here means: do not change it. */
  const frozen: Record<string, string> = {
    AddressConfiguration:
      'exports.handler=()=>require("pulumi-twilio-conversations/provider").AddressConfiguration',
    Conversation: 'exports.handler=()=>require("pulumi-twilio-conversations/provider").Conversation',
    ConversationWebhook:
      'exports.handler=()=>require("pulumi-twilio-conversations/provider").ConversationWebhook',
    Credential: 'exports.handler=()=>require("pulumi-twilio-conversations/provider").Credential',
    Message: 'exports.handler=()=>require("pulumi-twilio-conversations/provider").Message',
    Participant: 'exports.handler=()=>require("pulumi-twilio-conversations/provider").Participant',
    Role: 'exports.handler=()=>require("pulumi-twilio-conversations/provider").Role',
    Service: 'exports.handler=()=>require("pulumi-twilio-conversations/provider").Service',
    ServiceConfiguration:
      'exports.handler=()=>require("pulumi-twilio-conversations/provider").ServiceConfiguration',
    UserConversation: 'exports.handler=()=>require("pulumi-twilio-conversations/provider").UserConversation',
    ServiceNotifications:
      'exports.handler=()=>require("pulumi-twilio-conversations/provider").ServiceNotifications',
    ServiceWebhooks: 'exports.handler=()=>require("pulumi-twilio-conversations/provider").ServiceWebhooks',
    Configuration: 'exports.handler=()=>require("pulumi-twilio-conversations/provider").Configuration',
    Webhooks: 'exports.handler=()=>require("pulumi-twilio-conversations/provider").Webhooks',
    User: 'exports.handler=()=>require("pulumi-twilio-conversations/provider").User',
    Roster: 'exports.handler=()=>require("pulumi-twilio-conversations/provider").Roster',
  };
  const types = [...definitions, roster].map(({ type }) => type);

  it("is frozen for every type", () =>
    deepEqual(Object.fromEntries(types.map((type) => [type, providerText(type)])), frozen));

  for (const type of types) {
    it(`is short for ${type}, since every resource carries it twice`, () =>
      equal(Buffer.byteLength(providerText(type)) < 128, true));

    it(`names an export of the provider entry for ${type}`, () => {
      const load = providerText(type).replace("exports.handler=()=>require(", "").split(")");
      deepEqual(load, ['"pulumi-twilio-conversations/provider"', `.${type}`]);
      const entry: Record<string, object> = require("../../../../provider/plugin/dynamic/dynamic");
      deepEqual(Object.keys(entry[type] ?? {}).sort(), [
        "check",
        "configure",
        "create",
        "delete",
        "diff",
        "read",
        "update",
      ]);
    });
  }
});

describe("engine: registration of a resource", () => {
  let registrations: Registration[];
  let outputs: Record<string, string[]>;
  let urls: Record<string, string>;
  before(function () {
    this.timeout(60_000);
    const program = join(__dirname, "registrations.ts");
    const { stdout, stderr, status } = spawnSync(process.execPath, ["-r", "tsx/cjs", program], {
      cwd: ROOT,
      encoding: "utf8",
    });
    equal(status, 0, stderr);
    ({ registrations, outputs, urls } = JSON.parse(stdout));
  });

  const sent = (name: string) => {
    const found = registrations.filter((registration) => registration.name === name);
    equal(found.length, 1, `${name} was registered ${found.length} times`);
    return found[0] as Registration;
  };

  /** What the base classes declare for other kinds of resources. */
  const notFor = (definition: Definition) => [
    ...(isSingleton(definition) ? ["dateCreated", "dateUpdated"] : []),
    ...(isInService(definition) ? [] : ["chatServiceSid"]),
  ];

  for (const definition of definitions as readonly Definition[]) {
    const { type } = definition;
    it(`sends for ${type} what the SDK's own dynamic.Resource sends`, () => {
      const [ours, theirs] = [sent(`our-${type}`), sent(`sdk-${type}`)];
      const { name: _ours, ...request } = ours.request;
      const { name: _theirs, ...expected } = theirs.request;
      deepEqual(request, expected);
      equal(request["type"], `pulumi-nodejs:dynamic/twilio:${type}`);
      const { __provider: text, ...properties } = ours.properties;
      const { __provider: closure, ...expectedProperties } = theirs.properties;
      deepEqual(properties, expectedProperties);
      equal(text, providerText(type));
      equal(typeof closure, "string");
    });

    it(`makes every declared output of ${type} a property at once`, () => {
      const file = type.replaceAll(/(?<=[a-z])[A-Z]/g, "-$&").toLowerCase();
      const own = resourceSource(file);
      const bases = own.includes('from "./in-conversation"') ? [resourceSource("in-conversation")] : [];
      const sources = [own, ...BASES.map(sourceOf), ...bases];
      const declared = sources.flatMap((source) =>
        [...source.matchAll(/^ {2}declare readonly (\w+):/gm)].map(([, name]) => name ?? ""),
      );
      equal(declared.length > 3, true);
      deepEqual(
        declared.filter((name) => !outputs[type]?.includes(name) && !notFor(definition).includes(name)),
        [],
      );
    });
  }

  it("reads what others manage by a class, and says so where it has lost that", () => {
    const { get } = Participant as unknown as { get: (name: string, args: object) => unknown };
    throws(
      () => get("alice", { sid: "MB1", conversationSid: CH }),
      /get of 'alice' has lost its class: call it as/,
    );
  });

  it("works out each one's address in the API, by the host that a recorded one has now", () =>
    deepEqual(urls, {
      Participant: `https://conversations.dublin.ie1.twilio.com/v1/Services/${IS}/Conversations/${CH}/Participants/our-Participant-id`,
      Conversation: `https://conversations.dublin.ie1.twilio.com/v1/Services/${IS}/Conversations/our-Conversation-id`,
      ConversationWebhook: `https://conversations.dublin.ie1.twilio.com/v1/Services/${IS}/Conversations/${CH}/Webhooks/our-ConversationWebhook-id`,
      AddressConfiguration:
        "https://conversations.dublin.ie1.twilio.com/v1/Configuration/Addresses/our-AddressConfiguration-id",
      Message: `https://conversations.dublin.ie1.twilio.com/v1/Services/${IS}/Conversations/${CH}/Messages/our-Message-id`,
      Credential: "https://conversations.dublin.ie1.twilio.com/v1/Credentials/our-Credential-id",
      Role: `https://conversations.dublin.ie1.twilio.com/v1/Services/${IS}/Roles/our-Role-id`,
      Service: "https://conversations.dublin.ie1.twilio.com/v1/Services/our-Service-id",
      ServiceConfiguration: `https://conversations.dublin.ie1.twilio.com/v1/Services/${IS}/Configuration`,
      UserConversation: `https://conversations.dublin.ie1.twilio.com/v1/Services/${IS}/Users/alice/Conversations/${CH}`,
      ServiceNotifications: `https://conversations.dublin.ie1.twilio.com/v1/Services/${IS}/Configuration/Notifications`,
      ServiceWebhooks: `https://conversations.dublin.ie1.twilio.com/v1/Services/${IS}/Configuration/Webhooks`,
      Configuration: "https://conversations.dublin.ie1.twilio.com/v1/Configuration",
      Webhooks: "https://conversations.dublin.ie1.twilio.com/v1/Configuration/Webhooks",
      User: `https://conversations.dublin.ie1.twilio.com/v1/Services/${IS}/Users/our-User-id`,
    }));
});
