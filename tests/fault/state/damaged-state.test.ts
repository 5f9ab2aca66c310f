import { deepEqual, doesNotMatch, ok, rejects } from "node:assert/strict";
import fc from "fast-check";
import { type JsonObject, toPlain } from "../../../provider/core/json";
import { TwilioError } from "../../../provider/http/errors";
import { definitions } from "../../../provider/resources";
import { role } from "../../../provider/resources/service/role";
import type { RequestRecord } from "../../../simulator";
import { measured, seed, sized } from "../../support/soak";
import { driftedDeclarations } from "../../types";
import { makeWorld } from "../../types/drifted";
import { Managed } from "../drift/managed";
import { useLife } from "../life";
import { damaged } from "./damage";

const STATES = sized({ short: 12, full: 400 });

/** A word of JavaScript's that stands where a value should. */
const NO_VALUE = /undefined|\bnull\b|\[object|NaN/;

/** The same user conversation, whose user the program names by identity. */
function isAlias(path: string, own: string): boolean {
  return /\/Users\/US\w+\//.test(own) && path === own.replace(/\/Users\/US\w+\//, "/Users/standing/");
}

describe("A state that is damaged, or of another version", () => {
  const life = useLife();
  let states = 0;
  let refused = 0;
  let sent = 0;

  /** Either it works, or one sentence of ours says why not. */
  async function attempted(work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (error) {
      ok(error instanceof TwilioError, error instanceof Error ? error.stack : String(error));
      doesNotMatch(error.message, NO_VALUE);
      ok(error.message.length > 20, error.message);
      refused += 1;
    }
  }

  function expectSound(requests: readonly RequestRecord[], allowed: string, own: string): void {
    for (const { method, path, form, status } of requests) {
      ok(
        method === "GET" || method === allowed || (allowed === "DELETE" && method === "POST"),
        `${method} ${path}`,
      );
      doesNotMatch(path, NO_VALUE);
      // What is written is the object itself, or nothing: at a damaged place there is none of its SID or name.
      if (method !== "GET" && path !== own)
        ok(status >= 400 || isAlias(path, own), `${method} ${path} in place of ${own}: ${status}`);
      doesNotMatch(JSON.stringify(form), /undefined|\[object|NaN/);
    }
    sent += requests.length;
  }

  for (const definition of definitions)
    it(`of ${definition.noun} breaks nothing, and sends nothing amiss`, async () => {
      const declarations = driftedDeclarations(definition.type, await makeWorld(life.account));
      for (const { inputs } of declarations.slice(0, 2)) {
        const managed = await Managed.create(life, definition, inputs);
        const { sid, state } = managed;
        const others = declarations.map((other) => other.inputs);
        const wanted = others.at(-1) ?? inputs;
        // What is deleted could not be read any more.
        life.simulator.clearFaults();
        life.simulator.addFault({ method: "DELETE", kind: "status", status: 403 });
        const [one, other] = [life.run(definition).lifecycle, life.run(definition).lifecycle];
        const during = async (method: string, work: () => unknown) => {
          life.simulator.clearRequests();
          await attempted(work);
          expectSound(life.simulator.requests(), method, managed.path);
        };
        await fc.assert(
          fc.asyncProperty(damaged(state, others), async (broken) => {
            states += 1;
            const known = toPlain(broken) as JsonObject;
            await during("GET", () => one.read(sid, known));
            await during("DELETE", () => one.delete(sid, known));
            const checked = other.check(known, inputs);
            deepEqual(checked.failures, []);
            await during("none", () => other.diff(sid, known, checked.inputs));
            await during("POST", () => other.update(sid, known, checked.inputs));
            await during("POST", () => other.update(sid, known, { ...known, ...wanted }));
          }),
          { numRuns: Math.ceil(STATES / Math.min(2, declarations.length)), seed },
        );
      }
    });

  it("is not taken for gone when it has lost the service", async () => {
    const { service: serviceSid } = await makeWorld(life.account);
    const inputs = { serviceSid, friendlyName: "clerk", type: "service", permissions: ["joinConversation"] };
    const { sid, state } = await life.run(role).lifecycle.create(inputs);
    for (const lost of [null, undefined, "", 0, {}])
      await rejects(life.run(role).lifecycle.read(sid, { ...state, serviceSid: lost }), TwilioError);
  });

  after(() => {
    ok(refused > states / 10 && sent > states);
    measured("Damaged states", `${states} of ${definitions.length} types, ${refused} refusals, 0 crashes`);
  });
});
