import assert from "node:assert/strict";
import type { JsonObject } from "../../../provider/core/json";
import { credential } from "../../../provider/resources/account/credential";
import { useLife } from "../../fault/life";

const LOST = { method: "POST", kind: "status", status: 503, when: "after", times: 1 } as const;
const phones = { type: "fcm", friendlyName: "phones", secret: "CANARY-1" };

describe("A credential whose create got no answer", () => {
  const life = useLife();
  const rows = () => life.simulator.rows("CR");
  const writes = () =>
    life.simulator
      .requests()
      .filter(({ method }) => method === "POST")
      .map(({ path, form }) => `${path} ${Object.keys(form)}`);

  it("is taken over, and given its secret again, which may be another by now", async () => {
    life.simulator.addFault(LOST);
    const { sid, state } = await life.run(credential).lifecycle.create(phones);
    assert.deepEqual(
      rows().map((row) => row.sid),
      [sid],
    );
    assert.equal(state["secret"], "CANARY-1");
    assert.deepEqual(writes(), ["/v1/Credentials Type,FriendlyName,Secret", `/v1/Credentials/${sid} Secret`]);
  });

  it("stops without a name, since another one's could be taken for it", async () => {
    const nameless = { type: "fcm", secret: "CANARY-1" };
    await life.run(credential).lifecycle.create(nameless);
    life.simulator.clearRequests();
    life.simulator.addFault(LOST);
    await assert.rejects(life.run(credential).lifecycle.create(nameless), (error: Error) => {
      assert.match(error.message, /Whether the credential was created is not known: it cannot be looked for/);
      assert.doesNotMatch(error.message, /CANARY/);
      return true;
    });
    assert.equal(rows().length, 2);
    assert.equal(life.simulator.requests().filter(({ path }) => path === "/v1/Credentials").length, 1);
  });
});

describe("A credential whose secret leaves the program", () => {
  const life = useLife();

  it("keeps it on Twilio, says so, and forgets it here: given again, it is sent again", async () => {
    const { lifecycle, notes } = life.run(credential);
    const { sid, state } = await lifecycle.create(phones);
    const later = { type: "fcm", friendlyName: "phones" };
    const next = life.run(credential);
    next.lifecycle.diff(sid, state, later);
    assert.deepEqual(notes, []);
    assert.deepEqual(next.notes, [`credential ${sid}: secret stays as it is: nothing is sent.`]);
    life.simulator.clearRequests();
    const without = await next.lifecycle.update(sid, state, later);
    assert.deepEqual(life.simulator.requests(), []);
    assert.equal("secret" in without, false);
    assert.doesNotMatch(JSON.stringify(without), /CANARY/);
    assert.equal(next.lifecycle.diff(sid, without, later).changes, false);
    await life.run(credential).lifecycle.update(sid, without, phones);
    const [update] = life.simulator.requests().filter(({ method }) => method === "POST");
    assert.deepEqual(update?.form, { Secret: "CANARY-1" });
  });
});

describe("A credential whose type was changed outside", () => {
  const life = useLife();
  const secrets = { certificate: "CANARY-1", privateKey: "CANARY-2" };
  const repaired = async (declared: JsonObject) => {
    const { sid, state } = await life.run(credential).lifecycle.create({ ...declared, ...secrets });
    life.simulator.change(sid, { type: "gcm", friendly_name: "changed" });
    const found = (await life.run(credential).lifecycle.read(sid, state))?.state ?? {};
    life.simulator.clearRequests();
    const after = await life.run(credential).lifecycle.update(sid, found, { ...declared, ...secrets });
    assert.equal(life.run(credential).lifecycle.diff(sid, after, { ...declared, ...secrets }).changes, false);
    return life.simulator.requests().map(({ form }) => form);
  };

  it("gets it back with all declared secrets, without which Twilio could send nothing", async () => {
    const forms = await repaired({ type: "apn", friendlyName: "changed", sandbox: true });
    assert.deepEqual(forms.slice(1), [{ Type: "apn", Certificate: "CANARY-1", PrivateKey: "CANARY-2" }]);
  });

  it("gets them only with its type", async () => {
    const { sid, state } = await life.run(credential).lifecycle.create({ ...phones });
    life.simulator.clearRequests();
    await life.run(credential).lifecycle.update(sid, state, { ...phones, friendlyName: "tablets" });
    assert.deepEqual(
      life.simulator
        .requests()
        .filter(({ method }) => method === "POST")
        .map(({ form }) => form),
      [{ FriendlyName: "tablets" }],
    );
  });
});
