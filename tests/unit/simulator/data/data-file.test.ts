import assert from "node:assert/strict";
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fixture } from "../../../contract/sdk/client";

describe("simulator data file", () => {
  let folder: string;
  let dataFile: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
    dataFile = join(folder, "data.json");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("keeps the file's rights and the link that leads to it, and follows no link in the place of a draft", async () => {
    const [kept, victim] = [join(folder, "kept.json"), join(folder, "victim")];
    await (await Fixture.start({ dataFile })).close();
    assert.equal(statSync(dataFile).mode & 0o777, 0o600);
    renameSync(dataFile, kept);
    chmodSync(kept, 0o640);
    symlinkSync(kept, dataFile);
    writeFileSync(victim, "precious");
    for (const file of [kept, dataFile]) symlinkSync(victim, `${file}.${process.pid}.tmp`);
    const fixture = await Fixture.start({ dataFile });
    await fixture.conversation({ UniqueName: "eu" });
    await fixture.close();
    assert.equal(readFileSync(victim, "utf8"), "precious");
    assert.equal(lstatSync(dataFile).isSymbolicLink(), true);
    assert.match(readFileSync(kept, "utf8"), /"eu"/);
    assert.equal(statSync(kept).mode & 0o777, 0o640);
  });

  it("refuses a link that leads nowhere", async () => {
    symlinkSync(join(folder, "nowhere"), dataFile);
    const message = `--data: cannot read ${dataFile} (ENOENT)`;
    await assert.rejects(Fixture.start({ dataFile }), { name: "UsageError", message });
    assert.deepEqual(readdirSync(folder), ["data.json"]);
  });
});
