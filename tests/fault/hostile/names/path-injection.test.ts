import { deepEqual, equal, ok } from "node:assert/strict";
import { type Definition, isSingleton } from "../../../../provider/core/definition/define";
import { invisibleIn } from "../../../../provider/core/definition/invisible-characters";
import type { Json, JsonObject } from "../../../../provider/core/json";
import { Lifecycle } from "../../../../provider/core/lifecycle/lifecycle";
import { Session } from "../../../../provider/core/run/session";
import { addressConfigurationLookup } from "../../../../provider/functions/address-configuration";
import { type Lookup, lookUp } from "../../../../provider/functions/call/lookup";
import { conversationLookup } from "../../../../provider/functions/conversation";
import { participantLookup } from "../../../../provider/functions/participant";
import { roleLookup } from "../../../../provider/functions/role";
import { userLookup } from "../../../../provider/functions/user";
import { TwilioError } from "../../../../provider/http/errors";
import { addressConfiguration } from "../../../../provider/resources/account/address-configuration";
import { conversation } from "../../../../provider/resources/conversation/conversation";
import { participant } from "../../../../provider/resources/conversation/participant";
import { userConversation } from "../../../../provider/resources/conversation/user-conversation";
import { role } from "../../../../provider/resources/service/role";
import { user } from "../../../../provider/resources/service/user";
import { type RequestRecord, type Simulator, startSimulator } from "../../../../simulator";
import { measured, sized } from "../../../support/soak";
import { hasHalf, hostileNames } from "./hostile-names";

const NAMES = sized({ short: 100, full: 10_000 });

/** Every route that may be used; `*` is a SID, or the name of the moment in whole. */
const ROUTES = [
  "/v1/Configuration",
  "/v1/Configuration/Addresses",
  "/v1/Configuration/Addresses/*",
  "/v1/Conversations",
  "/v1/Conversations/*",
  "/v1/Conversations/*/Participants",
  "/v1/Conversations/*/Participants/*",
  "/v1/Roles",
  "/v1/Roles/*",
  // Whether the role of what is to be taken over is the one that the service gives.
  "/v1/Services/*/Configuration",
  "/v1/Users",
  "/v1/Users/*",
  "/v1/Users/*/Conversations/*",
].map((route) => route.split("/"));
const PARAMETERS = new Set(["PageSize", "Page", "PageToken", "Type"]);

/** Whether it went where it was meant to: the name stands as one part of the path, or in the form. */
function isIntended({ path, query, status }: RequestRecord, name: string): boolean {
  const parts = path.split("/");
  const fits = (part: string, expected: string | undefined) =>
    expected === "*"
      ? /^[A-Z]{2}[0-9a-f]{32}$/.test(part) || decodeURIComponent(part) === name
      : part === expected;
  const route = ROUTES.find(
    (route) => route.length === parts.length && parts.every((part, at) => fits(part, route[at])),
  );
  return route !== undefined && Object.keys(query).every((key) => PARAMETERS.has(key)) && status !== 405;
}

/** Only what no request can carry, what no path can, what nobody sees, and what Twilio takes for a SID. */
function mayBeRefused(name: string): boolean {
  if (invisibleIn(name) !== undefined) return true;
  return hasHalf(name) || /^\.\.?$/.test(name) || /^[A-Z]{2}[0-9a-f]{32}$/i.test(name);
}

/** A resource that has the name, and what finds it by that. */
interface Named {
  readonly definition: Definition;
  readonly inputs: JsonObject;
  readonly lookup?: Lookup;
  readonly asked?: JsonObject;
}

describe(`${NAMES} names made to lead a request astray`, () => {
  let simulator: Simulator;
  let sessions: Session[];
  let requests = 0;
  let roundTrips = 0;

  before(async () => {
    simulator = await startSimulator();
    const config: Record<string, string> = { writesPerSecond: "0" };
    sessions = Array.from(
      { length: 3 },
      () =>
        new Session(
          simulator.env,
          (key) => config[key],
          () => {},
        ),
    );
  });
  after(() => simulator.close());

  const [creating, reading, adopting] = [0, 1, 2];
  const life = (definition: Definition, run: number) => {
    const session = sessions[run];
    ok(session);
    return new Lifecycle(definition, session);
  };
  const assertIntended = (name: string) => {
    for (const request of simulator.requests())
      ok(
        isIntended(request, name),
        `${JSON.stringify(name)} led to ${request.method} ${request.path}: ${request.status}`,
      );
    requests += simulator.requests().length;
    simulator.clearRequests();
  };

  /** Creates it, reads it back, finds it by its name and takes it over by it; nothing if check refuses the name. */
  async function roundTrip({ definition, inputs: given, lookup, asked }: Named, name: string) {
    const { inputs, failures } = life(definition, creating).check({}, given);
    if (failures.length > 0) {
      ok(mayBeRefused(name), `${definition.type} refuses ${JSON.stringify(name)}: ${failures}`);
      return undefined;
    }
    ok(!hasHalf(name), `${definition.type} takes ${JSON.stringify(name)}`);
    const { sid, state } = await life(definition, creating).create(inputs);
    const found = await life(definition, reading).read(sid, state);
    deepEqual(found?.inputs, inputs);
    const session = sessions[reading];
    if (lookup !== undefined && asked !== undefined && session !== undefined) {
      const answer = (await lookUp(session, lookup, asked)) as JsonObject;
      equal(answer["sid"], sid);
    }
    if (!isSingleton(definition) && definition.naturalKey.enforced) {
      const adopted = await life(definition, adopting).create({ ...inputs, adopt: "always" });
      equal(adopted.sid, sid);
    }
    roundTrips += 1;
    return { sid, state };
  }

  /** What else can have the name, besides its conversation: each name takes its turn. */
  const kinds = (name: string, at: Json): Named[][] => {
    const member = { conversationSid: at, identity: name };
    const view = { conversationSid: at, userSid: name, notificationLevel: "muted" };
    const agent = { friendlyName: name, type: "conversation", permissions: ["sendMessage"] };
    return [
      [
        { definition: participant, inputs: member, lookup: participantLookup, asked: member },
        { definition: userConversation, inputs: view },
      ],
      [{ definition: user, inputs: { identity: name }, lookup: userLookup, asked: { identity: name } }],
      [{ definition: role, inputs: agent, lookup: roleLookup, asked: { friendlyName: name } }],
      [
        {
          definition: addressConfiguration,
          // For which no form is documented.
          inputs: { type: "messenger", address: name },
          lookup: addressConfigurationLookup,
          asked: { address: name },
        },
      ],
    ];
  };

  it("reach the intended route alone, and come back as they went", async () => {
    for (const [turn, name] of hostileNames(NAMES).entries()) {
      const named = {
        definition: conversation,
        inputs: { uniqueName: name },
        lookup: conversationLookup,
        asked: { uniqueName: name },
      };
      const made = await roundTrip(named, name);
      const home = made ?? (await life(conversation, creating).create({ friendlyName: "home" }));
      assertIntended(name);
      const created = [home.sid];
      const groups = kinds(name, made === undefined ? home.sid : name);
      for (const kind of groups[turn % groups.length] ?? []) {
        const one = await roundTrip(kind, name);
        assertIntended(name);
        if (one !== undefined) created.push(one.sid);
      }
      // In place of a SID it finds nothing, and deletes nothing.
      const place = { accountSid: simulator.account.accountSid, region: "us1", origin: simulator.url };
      const before = simulator.roles().length;
      for (const work of [
        () => life(role, reading).read(name, { ...place }),
        () => life(role, reading).delete(name, { ...place }),
      ])
        await work().catch((error: unknown) => ok(error instanceof TwilioError, String(error)));
      equal(simulator.roles().length, before);
      assertIntended(name);
      // Members go with their conversation.
      for (const sid of created) if (/^(CH|RL|IG)[0-9a-f]{32}$/.test(sid)) simulator.remove(sid);
      for (const { sid, identity } of simulator.users()) if (identity === name) simulator.remove(sid);
    }
    measured(
      "Names made to lead astray",
      `${NAMES} names, ${roundTrips} round trips, ${requests} requests, 0 astray`,
    );
  });
});
