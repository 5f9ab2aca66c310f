import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { type JsonObject, objectIn } from "../../../provider/core/json";
import { user } from "../../../provider/resources/service/user";
import type { Fault } from "../../../simulator";
import { useLife } from "../life";
import { KINDS } from "./watched-kinds";

const LOST = { method: "POST", kind: "status", status: 503, when: "after", times: 1 } as const;
const ROUTE = "/v1/Services/*/Configuration";
/** What Twilio may say to a key that has no permission for it. */
const REFUSALS = [
  { status: 403, code: 70051 },
  { status: 401, code: 70051 },
  { status: 403, code: 20403 },
  { status: 403, code: 50107 },
] as const;
const NOTE = /Services\/Configuration: read/;

describe("A key that may not read the service's default roles", () => {
  const life = useLife();
  beforeEach(async () => {
    await life.account.conversation("desk");
  });
  const forbid = (refusal: Pick<Fault, "status" | "code"> = REFUSALS[0]) =>
    life.simulator.addFault({ kind: "status", method: "GET", route: ROUTE, ...refusal });
  const roleSid = (name: string) =>
    String(life.simulator.roles().find(({ friendly_name }) => friendly_name === name)?.["sid"]);
  const asked = () =>
    life.simulator.requests().filter(({ path }) => /\/Services\/IS\w+\/Conf/.test(path)).length;

  for (const [name, { definition, elevated, inputs, collection, form, create }] of Object.entries(KINDS)) {
    const matching = { ...inputs, adopt: "matching" };
    const rows = () => life.simulator.rows(definition === user ? "US" : "MB");
    const standing = (more = {}) => life.account.post(collection, { ...form, ...more });

    for (const refusal of REFUSALS)
      it(`${name}: takes back what its own lost request has made (${refusal.status}, ${refusal.code})`, async () => {
        forbid(refusal);
        life.simulator.addFault(LOST);
        const run = life.run();
        const { sid, state } = await create(run, matching);
        deepEqual(
          rows().map((row) => row["sid"]),
          [sid],
        );
        equal(objectIn(state, "assigned")["roleSid"], null);
        const notes = run.notes.join("\n");
        match(notes, new RegExp(`answered ${refusal.status} \\(Twilio error ${refusal.code}`));
        match(notes, NOTE);
        match(notes, /roleSid of what is taken over is not watched\. Declare roleSid/);
        // It is the program's own: no warning of its role.
        equal(notes.includes(`${sid}: It has`), false);
      });

    it(`${name}: is told so once, and Twilio is asked once, however many are taken back`, async () => {
      for (const refusal of REFUSALS) {
        life.simulator.clearFaults();
        forbid(refusal);
        life.simulator.clearRequests();
        const run = life.run();
        for (const who of ["eve", "joe", "kim"]) {
          life.simulator.addFault(LOST);
          await create(run, { ...matching, identity: `${who}${refusal.status}${refusal.code}` });
        }
        equal(run.notes.filter((note) => NOTE.test(note)).length, 1);
        equal(asked(), 1);
      }
    });

    for (const role of [undefined, elevated])
      it(`${name}: of a run before, or somebody else's, is named and never defended (${role ?? "as Twilio chose"})`, async () => {
        const { sid } = await standing(role && { RoleSid: roleSid(role) });
        const given = rows()[0]?.["role_sid"];
        forbid();
        const run = life.run();
        const taken = await create(run, matching);
        equal(taken.sid, sid);
        const named = new RegExp(
          `${sid}: It has roleSid ${given}, and nothing tells whether Twilio chose it`,
        );
        match(run.notes.join("\n"), named);
        equal(run.notes.filter((note) => NOTE.test(note)).length, 1);
        await isNotDefended(sid, taken.state);
      });

    /** Whoever demotes it later is not overruled, also by a key that may read the defaults. */
    const isNotDefended = async (sid: string, taken: JsonObject) => {
      equal(objectIn(taken, "assigned")["roleSid"], null);
      if (name === "Roster") return;
      life.simulator.clearFaults();
      life.simulator.change(sid, { role_sid: roleSid(elevated.replace("admin", "user")) });
      const { lifecycle } = life.run(definition);
      const refreshed = await lifecycle.read(sid, taken);
      ok(refreshed);
      equal("roleSid" in (refreshed.inputs ?? {}), false);
      equal(lifecycle.diff(sid, refreshed.state, matching).changes, false);
    };

    it(`${name}: asks for nothing that is refused where the role is declared`, async () => {
      const declared = { ...matching, roleSid: roleSid(elevated) };
      const { sid } = await standing({ RoleSid: roleSid(elevated) });
      forbid();
      life.simulator.clearRequests();
      const run = life.run();
      equal((await create(run, declared)).sid, sid);
      equal(asked(), 0);
      equal(NOTE.test(run.notes.join()), false);
    });

    it(`${name}: is refused as ever where something else stands against it`, async () => {
      await standing();
      forbid();
      await rejects(
        create(life.run(), { ...matching, attributes: { team: "sales" } }),
        /differs in attributes/,
      );
      await rejects(create(life.run(), { ...inputs, adopt: "never" }), /adopt is "never"/);
    });

    it(`${name}: fails where the answer is no refusal`, async () => {
      await standing();
      forbid({ status: 404, code: 20404 });
      await rejects(create(life.run(), matching), /read the service's default roles: .* 404/);
    });
  }
});
