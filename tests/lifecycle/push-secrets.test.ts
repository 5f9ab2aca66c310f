import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Credential, type CredentialArgs } from "../../provider";
import { useTestBed } from "../support/stack/test-bed";
import type { Outcome } from "../support/stack/test-stack";

/** Begins every secret below, and stands nowhere else. */
const CANARY = "canary-4b1d";

describe("The secrets of a credential that the program passes in plain text", () => {
  const certificate = (edition: number) => `-----BEGIN CERTIFICATE-----\n${CANARY}-certificate-${edition}\n`;
  const privateKey = `-----BEGIN RSA PRIVATE KEY-----\n${CANARY}-key\n`;
  let declared: Record<string, string> = {
    type: "apn",
    friendlyName: "phones",
    certificate: certificate(1),
    privateKey,
  };
  let changed: Record<string, string> = {};
  const bed = useTestBed(async () => {
    // What no compiler has looked at.
    new Credential("phones", { ...declared, ...changed } as unknown as CredentialArgs);
    new Credential("tablets", { type: "fcm", friendlyName: "tablets", secret: `${CANARY}-secret` });
  });

  /** Whatever Pulumi keeps of the stack: the state, its backups, the history. */
  function filesOf(folder: string): string[] {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
  }

  function assertHidden(text: string): void {
    assert.doesNotMatch(text, new RegExp(CANARY));
    const folder = (bed.stack.environment["PULUMI_BACKEND_URL"] ?? "").replace("file://", "");
    const files = filesOf(join(folder, ".pulumi"));
    assert.ok(files.some((file) => file.includes('"friendlyName"')));
    for (const file of files) assert.doesNotMatch(file, new RegExp(CANARY));
  }

  const forms = ({ requests }: Outcome) =>
    requests.filter(({ method }) => method === "POST").map(({ form }) => form);

  it("stand in no output and no file when they are created", async () => {
    assert.doesNotMatch((await bed.stack.preview()).text, new RegExp(CANARY));
    const outcome = await bed.stack.up();
    assert.equal(forms(outcome).length, 2);
    assertHidden(outcome.text);
    assertHidden(await bed.stack.run("stack", "export"));
    assert.match(await bed.stack.run("stack", "export", "--show-secrets"), new RegExp(CANARY));
  });

  it("are exchanged one by one, and the preview names the field alone", async () => {
    changed = { certificate: certificate(2) };
    const { steps, text } = await bed.stack.preview();
    assert.deepEqual(steps, { phones: { op: "update", keys: ["certificate"] } });
    assert.match(text, /~ certificate: \[secret\] => \[secret\]/);
    assertHidden(text);
    const outcome = await bed.stack.up();
    assert.deepEqual(forms(outcome), [{ Certificate: certificate(2) }]);
    assertHidden(outcome.text);
  });

  it("stay hidden over a refresh, and beside what drifted", async () => {
    const [phones] = bed.simulator.rows("CR").filter((row) => row["friendly_name"] === "phones");
    bed.simulator.change(String(phones?.sid), { friendly_name: "changed" });
    const { steps, text } = await bed.stack.preview({ refresh: true });
    assert.deepEqual(steps, { phones: { op: "update", keys: ["friendlyName"] } });
    assertHidden(text);
    assertHidden((await bed.stack.refresh()).text);
    const outcome = await bed.stack.up();
    assert.deepEqual(forms(outcome), [{ FriendlyName: "phones" }]);
    assertHidden(outcome.text);
  });

  it("stand in no error, of a preview or of Twilio", async () => {
    changed = { type: "fcm", apiKey: `${CANARY}-key`, secret: `${CANARY}-secret` };
    const refused = await bed.stack.failing(() => bed.stack.preview());
    for (const name of ["certificate", "privateKey"])
      assert.match(refused, new RegExp(`${name}: is not allowed with type fcm`));
    assertHidden(refused);
    changed = { certificate: certificate(3) };
    bed.simulator.addFault({ method: "POST", kind: "status", status: 400, when: "before", times: 1 });
    const failed = await bed.stack.failing(() => bed.stack.up());
    assert.match(failed, /update credential/);
    assertHidden(failed);
  });

  it("stay on Twilio when the program drops them: the preview says so, the state forgets them", async () => {
    const { certificate: _gone, ...rest } = { ...declared };
    declared = rest;
    changed = {};
    const { steps, text } = await bed.stack.preview();
    assert.deepEqual(steps, { phones: { op: "update", keys: ["certificate"] } });
    assert.match(text, /certificate stays as it is: nothing is sent/);
    assertHidden(text);
    const outcome = await bed.stack.up();
    assert.deepEqual(forms(outcome), []);
    assert.equal("certificate" in (bed.stack.state()["phones"]?.outputs ?? {}), false);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
    assertHidden((await bed.stack.destroy()).text);
  });
});
