import assert from "node:assert/strict";
import { operations, type SpecOperation } from "./openapi/openapi";
import { Fixture, type FormFields } from "./sdk/client";

type Json = { [key: string]: unknown };

describe("simulator and the documented examples", () => {
  let fixture: Fixture;
  before(async () => {
    // The examples use filters outside the published vocabulary, and group MMS.
    fixture = await Fixture.start({ switches: { unknownFilters: "accept", groupMms: true } });
  });
  after(() => fixture.close());
  beforeEach(() => fixture.simulator.reset());

  const post = async (path: string, form: FormFields): Promise<string> =>
    (await fixture.send("POST", path, form)).body.sid;

  /** A value for each placeholder of a path, made as the example needs it. */
  async function placed(template: string, form: Json): Promise<string> {
    const service = fixture.simulator.account.defaultServiceSid;
    const base = template.includes("{ChatServiceSid}") ? `/v1/Services/${service}` : "/v1";
    const path = template.replace(/^\/v1(\/Services\/\{ChatServiceSid\})?/, base);
    if (path.startsWith(`${base}/Users/{UserSid}/`)) {
      const conversation = await post(`${base}/Conversations`, {});
      await post(`${base}/Conversations/${conversation}/Participants`, { Identity: "ann" });
      return path.replace("{UserSid}", "ann").replace("{ConversationSid}", conversation);
    }
    const conversation = path.includes("{ConversationSid}") ? await post(`${base}/Conversations`, {}) : "";
    const inside = path.replace("{ConversationSid}", conversation);
    if (!inside.endsWith("/{Sid}")) return inside;
    const list = inside.slice(0, -"/{Sid}".length);
    return `${list}/${await post(list, parentForm(list, form))}`;
  }

  function parentForm(list: string, form: Json): FormFields {
    if (list.endsWith("/Participants") && form["MessagingBinding.ProjectedAddress"]) {
      return { Identity: "id", "MessagingBinding.ProjectedAddress": "+15017122662" };
    }
    if (list.endsWith("/Participants")) {
      return { "MessagingBinding.Address": "+15558675310", "MessagingBinding.ProxyAddress": "+15017122661" };
    }
    if (list.endsWith("/Messages")) return { Body: "x" };
    if (list.endsWith("/Users")) return { Identity: "admin" };
    if (list.endsWith("/Roles"))
      return { FriendlyName: "Conversation Role", Type: "conversation", Permission: "sendMessage" };
    if (list.endsWith("/Credentials")) return { Type: "apn" };
    if (list.endsWith("/Addresses")) return { Type: "sms", Address: "+37256123457", AddressCountry: "CA" };
    if (!list.endsWith("/Webhooks")) return {};
    const target = form["Configuration.Triggers"]
      ? "trigger"
      : form["Configuration.FlowSid"]
        ? "studio"
        : "webhook";
    return {
      Target: target,
      "Configuration.Url": "https://example.com",
      "Configuration.Filters": "onMessageAdded",
      "Configuration.Triggers": "help",
      "Configuration.FlowSid": `FW${"a".repeat(32)}`,
    };
  }

  function sent(form: Json, template: string): FormFields {
    const roles = fixture.simulator.roles();
    const roleNamed = (name: string): string =>
      roles.find((role) => role["friendly_name"] === name)?.sid ?? "";
    const real = (name: string, text: string): string => {
      if (/ServiceSid$/.test(name) && text.startsWith("IS"))
        return fixture.simulator.account.defaultServiceSid;
      const isService = /DefaultChatServiceRoleSid/.test(name) || template.includes("/Users");
      return /RoleSid$/.test(name) ? roleNamed(isService ? "service user" : "channel user") : text;
    };
    return Object.fromEntries(
      Object.entries(form).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.map(String) : real(name, String(value)),
      ]),
    );
  }

  for (const operation of operations) {
    for (const example of operation.examples) {
      it(`replays ${operation.method} ${operation.template} ${example.name}`, () =>
        replay(operation, example));
    }
  }

  async function replay(
    { method, template }: SpecOperation,
    example: SpecOperation["examples"][0],
  ): Promise<void> {
    const path = await placed(template, example.form);
    const { status, body } = await fixture.send(method, path, sent(example.form, template));
    const hasMembers = "Participant" in example.form;
    assert.equal(status, hasMembers ? 202 : example.status, JSON.stringify(body));
    if (!example.response) return;
    assert.deepEqual(Object.keys(body).sort(), Object.keys(example.response).sort());
    for (const [field, value] of Object.entries(example.form)) {
      const key: string = field
        .replace(/^Configuration\./, "")
        .replace(/(?<=[a-z])[A-Z]/g, "_$&")
        .toLowerCase();
      const documented: unknown = example.response[key];
      // Only what the document itself echoes; its case and its SIDs are placeholders at times.
      if (typeof documented !== "string" || documented !== value || /^[A-Z]{2}a{32}$/.test(documented))
        continue;
      assert.equal(body[key], documented, key);
    }
  }
});
