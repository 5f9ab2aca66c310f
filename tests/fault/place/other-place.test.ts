import assert from "node:assert/strict";
import { type Definition, fieldsOf, isInService } from "../../../provider/core/definition/define";
import { MismatchError } from "../../../provider/core/errors";
import type { JsonObject } from "../../../provider/core/json";
import { definitions } from "../../../provider/resources";
import { type Simulator, startSimulator } from "../../../simulator";
import { measured } from "../../support/soak";
import { driftedDeclarations } from "../../types";
import { makeWorld, type World } from "../../types/drifted";
import { type Run, useLife } from "../life";

// What the engine makes of it is in tests/lifecycle/stack/other-place.test.ts.

/** Where a run goes that is not where the stack's state says its objects live. */
interface Elsewhere {
  readonly what: string;
  readonly environment: () => Record<string, string>;
  /** What is said of the state, and of what is reached instead. */
  readonly sides: () => [string, string];
  /** Seen before anything is asked for: by the diff of a preview, too. */
  readonly isKnown: boolean;
  /** What makes it so for the time of the test. */
  readonly arrange?: () => Promise<unknown>;
  readonly concerns?: (definition: Definition, inputs: JsonObject) => boolean;
}

describe("A run that reaches another place than the state's", () => {
  const life = useLife({ switches: { groupMms: true } });
  let world: World;
  let elsewhere: Simulator;
  let other: Simulator["account"];
  let tried = 0;
  before(async () => {
    elsewhere = await startSimulator();
  });
  after(async () => {
    await elsewhere?.close();
    measured(
      "wrong account, key, region, API, default service",
      `${tried} operations: 0 writes, none taken for gone`,
    );
  });
  beforeEach(async () => {
    world = await makeWorld(life.account);
    other = life.simulator.addAccount();
    elsewhere.clearRequests();
  });

  const here = () => life.simulator.account;
  const places: Elsewhere[] = [
    {
      what: "another account",
      environment: () => ({ TWILIO_ACCOUNT_SID: other.accountSid, TWILIO_AUTH_TOKEN: other.authToken }),
      sides: () => [here().accountSid, other.accountSid],
      isKnown: true,
    },
    {
      what: "another region",
      environment: () => ({ TWILIO_REGION: "ie1" }),
      sides: () => ["region us1", "region ie1"],
      isKnown: true,
    },
    {
      what: "another API",
      environment: () => ({ TWILIO_CONVERSATIONS_URL: elsewhere.url }),
      sides: () => [life.simulator.url, elsewhere.url],
      isKnown: true,
    },
    {
      what: "the account of another key",
      environment: () => ({
        TWILIO_AUTH_TOKEN: "",
        TWILIO_API_KEY: other.apiKey,
        TWILIO_API_SECRET: other.apiSecret,
      }),
      sides: () => [here().accountSid, other.accountSid],
      isKnown: false,
    },
    {
      what: "another default service",
      environment: () => ({}),
      sides: () => [here().defaultServiceSid, world.laterService],
      isKnown: false,
      arrange: () => life.account.post("/Configuration", { DefaultChatServiceSid: world.laterService }),
      concerns: (definition, { serviceSid }) => isInService(definition) && serviceSid === undefined,
    },
  ];

  for (const place of places)
    it(`${place.what}: no operation on any type writes, or takes anything for gone`, async () => {
      const made: Made[] = [];
      for (const definition of definitions) {
        const [declaration] = driftedDeclarations(definition.type, world);
        assert.ok(declaration);
        const inputs = life.run(definition).lifecycle.check({}, declaration.inputs).inputs;
        if (place.concerns?.(definition, inputs) === false) continue;
        const { sid, state } = await life.run(definition).lifecycle.create(inputs);
        made.push({ definition, inputs, changed: changedOf(definition, declaration), sid, state });
      }
      await place.arrange?.();
      life.simulator.clearRequests();
      for (const one of made) await assertRefused(place, one);
      const requests = [...life.simulator.requests(), ...elsewhere.requests()];
      const asked = requests.map(({ method, path }) => `${method} ${path}`);
      // A create asks who answers; of the rest nothing is sent where the state tells.
      const isHarmless = (request: string) =>
        place.isKnown ? request === "GET /v1/Configuration" : request.startsWith("GET ");
      assert.deepEqual(
        asked.filter((request) => !isHarmless(request)),
        [],
      );
    });

  interface Made {
    readonly definition: Definition;
    readonly inputs: JsonObject;
    readonly changed: JsonObject | undefined;
    readonly sid: string;
    readonly state: JsonObject;
  }

  async function assertRefused(place: Elsewhere, { definition, sid, state, inputs, changed }: Made) {
    const run = () => life.run(definition, {}, place.environment());
    const diffed = ({ lifecycle }: Run) => lifecycle.diff(sid, state, changed ?? inputs);
    const afterDiff = (operation: (run: Run) => Promise<unknown>) => async () => {
      const started = run();
      if (place.isKnown) assert.throws(() => diffed(started), MismatchError);
      else diffed(started);
      return operation(started);
    };
    const operations: Record<string, () => Promise<unknown>> = {
      read: () => run().lifecycle.read(sid, state),
      delete: () => run().lifecycle.delete(sid, state),
      "create beside it": afterDiff(({ lifecycle }) => lifecycle.create(inputs)),
      ...(place.isKnown && { diff: async () => diffed(run()) }),
      ...(changed && { update: afterDiff(({ lifecycle }) => lifecycle.update(sid, state, changed)) }),
    };
    for (const [operation, attempt] of Object.entries(operations)) {
      await assert.rejects(attempt(), (error: Error) => {
        const message = `${operation} ${definition.noun}: ${error.message}`;
        assert.ok(error instanceof MismatchError, message);
        for (const side of place.sides()) assert.ok(message.includes(side), message);
        return true;
      });
      tried += 1;
    }
  }
});

/** The declaration with another value that an update would send; none where nothing changes in place. */
function changedOf(
  definition: Definition,
  { inputs, drifts }: { readonly inputs: JsonObject; readonly drifts: Readonly<Record<string, unknown>> },
): JsonObject | undefined {
  const names = fieldsOf(definition)
    .filter(({ policy }) => policy.change === "update" && policy.writeOnly !== true)
    .map(({ name }) => name);
  const [path, values] = Object.entries(drifts).find(([name]) => names.includes(name)) ?? [];
  if (path === undefined || !Array.isArray(values)) return undefined;
  return { ...inputs, [path]: values[0] };
}
