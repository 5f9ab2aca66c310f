import { deepEqual, equal, match, notEqual, rejects } from "node:assert/strict";
import {
  type Definition,
  deletesBeforeReplace,
  fieldsOf,
  isSingleton,
} from "../../../provider/core/definition/define";
import { type FieldEntry, type FieldPolicy, nestedFields } from "../../../provider/core/definition/field";
import type { JsonObject } from "../../../provider/core/json";
import { definitions } from "../../../provider/resources";
import { credential } from "../../../provider/resources/account/credential";
import { conversation } from "../../../provider/resources/conversation/conversation";
import { conversationWebhook } from "../../../provider/resources/conversation/conversation-webhook";
import { message } from "../../../provider/resources/conversation/message";
import type { RowPrefix } from "../../../simulator";
import { useLife } from "../life";

// What Twilio never tells is seen by no key and no comparison: what is equal otherwise may be another declaration's.

const LOST = { method: "POST", kind: "status", status: 503, when: "after", times: 1 } as const;
const HOUR_MS = 3_600_000;
const TEMPLATE = `HX${"1".repeat(32)}`;
const HOOK = "https://example.com/hook";

interface Scenario {
  readonly definition: Definition;
  readonly prefix: RowPrefix;
  readonly inputs: JsonObject;
  /** What another declares that Twilio shows alike. */
  readonly alike: JsonObject;
  /** What must stand in no message. */
  readonly values: RegExp;
}

const inDesk = { conversationSid: "desk" };
const push = { friendlyName: "phones" };
const apn = { ...push, type: "apn", certificate: "CANARY-c", privateKey: "CANARY-k" };

/** By the path of each such field, an object that declares it. */
const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "Message.contentVariables": {
    definition: message,
    prefix: "IM",
    inputs: { ...inDesk, contentSid: TEMPLATE, contentVariables: '{"1":"CANARY-Alice"}' },
    alike: { ...inDesk, contentSid: TEMPLATE, contentVariables: '{"1":"CANARY-Bob"}' },
    values: /CANARY/,
  },
  "ConversationWebhook.configuration.replayAfter": {
    definition: conversationWebhook,
    prefix: "WH",
    inputs: { ...inDesk, ...webhook(47110811) },
    alike: { ...inDesk, ...webhook(47110812) },
    values: /4711081[12]/,
  },
  "Message.subject": {
    definition: message,
    prefix: "IM",
    inputs: { ...inDesk, body: "hello", subject: "CANARY for Alice" },
    alike: { ...inDesk, body: "hello", subject: "CANARY for Bob" },
    values: /CANARY/,
  },
  "Credential.certificate": {
    ...{ definition: credential, prefix: "CR", values: /CANARY/ },
    ...{ inputs: apn, alike: { ...apn, certificate: "CANARY-d" } },
  },
  "Credential.privateKey": {
    ...{ definition: credential, prefix: "CR", values: /CANARY/ },
    ...{ inputs: apn, alike: { ...apn, privateKey: "CANARY-l" } },
  },
  "Credential.apiKey": {
    ...{ definition: credential, prefix: "CR", values: /CANARY/ },
    ...{
      inputs: { ...push, type: "gcm", apiKey: "CANARY-1" },
      alike: { ...push, type: "gcm", apiKey: "CANARY-2" },
    },
  },
  "Credential.secret": {
    ...{ definition: credential, prefix: "CR", values: /CANARY/ },
    ...{
      inputs: { ...push, type: "fcm", secret: "CANARY-1" },
      alike: { ...push, type: "fcm", secret: "CANARY-2" },
    },
  },
};

function webhook(replayAfter: number): JsonObject {
  return { target: "webhook", configuration: { url: HOOK, filters: ["onMessageAdded"], replayAfter } };
}

interface Untold {
  readonly path: string;
  readonly policy: FieldPolicy;
}

/** Every field that a create sends and Twilio never tells, at any depth, of kinds of which there can be two alike. */
function untoldFields(): Untold[] {
  const kinds = definitions.filter(
    (definition) => !isSingleton(definition) && !deletesBeforeReplace(definition),
  );
  return kinds.flatMap((definition: Definition) =>
    fieldsOf(definition).flatMap((entry) => untoldIn(entry, `${definition.type}.${entry.name}`)),
  );
}

function untoldIn(entry: FieldEntry, path: string): Untold[] {
  const { policy } = entry;
  const own = policy.writeOnly === true && policy.updateOnly !== true ? [{ path, policy }] : [];
  return (
    nestedFields(entry)?.flatMap((member) => untoldIn(member as FieldEntry, `${path}.${member.name}`)) ?? own
  );
}

describe("What Twilio never tells of an object that several can have alike", () => {
  const life = useLife();
  beforeEach(async () => {
    await life.account.conversation("desk");
    life.simulator.clearRequests();
  });
  const sids = (prefix: RowPrefix) => life.simulator.rows(prefix).map(({ sid }) => sid);
  const posts = () => life.simulator.requests().filter(({ method }) => method === "POST");
  const fixed = (path: string) => untoldFields().find((field) => field.path === path)?.policy.change;

  it("is in these fields", () =>
    deepEqual(
      Object.keys(SCENARIOS).sort(),
      untoldFields()
        .map(({ path }) => path)
        .sort(),
    ));

  for (const [path, { definition, prefix, inputs, alike, values }] of Object.entries(SCENARIOS)) {
    const name = path.slice(path.indexOf(".") + 1);
    const create = (declared: JsonObject, more: JsonObject = {}) =>
      life.run(definition).lifecycle.create({ ...declared, ...more });
    const isRefused = (sid: string) => (error: Error) => {
      equal(error.name, "AdoptionError");
      match(error.message, new RegExp(`${definition.noun} ${sid} exists already, created \\d+ s ago`));
      match(error.message, new RegExp(`Twilio does not tell its [\\w., ]*${name.replace(".", "\\.")}`));
      match(error.message, /adopt: "always".*alias.*adopt: "never" to create another beside it/);
      equal(values.test(error.message), false);
      return true;
    };

    it(`${path}: an object of it that an interrupted run left is not taken for another's, nor made twice`, async () => {
      const left = await create(inputs);
      life.simulator.clearRequests();
      for (const declared of [alike, inputs]) await rejects(create(declared), isRefused(left.sid));
      deepEqual([sids(prefix), posts()], [[left.sid], []]);
      const other = await create(alike, { adopt: "never" });
      deepEqual(sids(prefix), [left.sid, other.sid]);
    });

    it(`${path}: one that is older than the window is nobody's conflict`, async () => {
      const { sid } = await create(alike);
      life.simulator.clock.advance(2 * HOUR_MS);
      notEqual((await create(inputs)).sid, sid);
    });

    it(`${path}: one that another resource of the program holds is left to that`, async () => {
      const one = await create(inputs);
      const run = life.run(definition).lifecycle;
      const checked = run.check(inputs, inputs).inputs;
      run.diff(one.sid, one.state, checked);
      notEqual((await run.create(run.check({}, alike).inputs)).sid, one.sid);
    });

    it(`${path}: one is taken over where the program says so, and what that means is said`, async () => {
      const { sid } = await create(inputs);
      const { lifecycle, notes } = life.run(definition);
      life.simulator.clearRequests();
      equal((await lifecycle.create({ ...alike, adopt: "always" })).sid, sid);
      equal(values.test(notes.join()), false);
      if (fixed(path) !== "replace") return equal(posts().length, 1);
      equal(posts().length, 0);
      return match(notes.join(), new RegExp(`${sid}: Twilio does not tell its ${name}, and only a new`));
    });

    it(`${path}: a create that was lost before it was done is sent again`, async () => {
      life.simulator.addFault({ ...LOST, when: "before" });
      deepEqual([(await create(inputs)).sid], sids(prefix));
    });

    if (fixed(path) === "replace")
      it(`${path}: after a lost answer the run stops, and names what it may be`, async () => {
        life.simulator.addFault(LOST);
        await rejects(create(inputs), (error: Error) => {
          equal(error.name, "UnknownOutcomeError");
          match(
            error.message,
            new RegExp(`it may be ${sids(prefix)[0]}, and Twilio does not tell its ${name}`),
          );
          equal(values.test(error.message), false);
          return true;
        });
        deepEqual([sids(prefix).length, posts().length], [1, 1]);
      });
    else
      it(`${path}: this run's own is taken over after a lost answer, and what it holds is sent again`, async () => {
        life.simulator.addFault(LOST);
        const { sid } = await create(inputs);
        deepEqual(sids(prefix), [sid]);
        const [, again] = posts();
        equal(again?.path.endsWith(sid), true);
      });
  }

  it("is no one's secret any more once it is overwritten, so that is said", async () => {
    const { definition, inputs, alike } = SCENARIOS["Credential.secret"] as Scenario;
    const { sid } = await life.run(definition).lifecycle.create(inputs);
    const { lifecycle, notes } = life.run(definition);
    await lifecycle.create({ ...alike, adopt: "always" });
    match(notes.join("\n"), new RegExp(`credential ${sid}: Its former secret is overwritten\\.`));
  });

  it("is known again by the declared date of creation, where it can be set again", async () => {
    const inputs = { ...inDesk, body: "hello", subject: "Hours", dateCreated: "2020-01-01T00:00:00Z" };
    const { sid } = await life.run(message).lifecycle.create(inputs);
    equal((await life.run(message).lifecycle.create(inputs)).sid, sid);
    deepEqual(
      posts().map(({ form }) => Object.keys(form).includes("Subject")),
      [true, true],
    );
  });
});

describe("What Twilio never tells of an object that there is once", () => {
  const life = useLife();

  it("is sent again to what an interrupted run left", async () => {
    const inputs = { uniqueName: "eu", timers: { inactive: "PT1H" } };
    const { sid } = await life.run(conversation).lifecycle.create(inputs);
    life.simulator.clearRequests();
    equal((await life.run(conversation).lifecycle.create(inputs)).sid, sid);
    const updates = life.simulator.requests().filter(({ path }) => path.endsWith(sid));
    deepEqual(
      updates.map(({ form }) => form),
      [{ "Timers.Inactive": "PT1H" }],
    );
  });
});
