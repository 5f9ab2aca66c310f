import { deepEqual, equal } from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { ImportRow } from "../../../provider/cli/import/declaration";
import { type Simulator, startSimulator } from "../../../simulator";
import { measured, seed, sized } from "../../support/soak";
import { nameOf } from "../../support/stack/stack-folder";
import { TestProject } from "../../support/stack/test-project";
import { complaintsOn, useTypeScript } from "../../support/stack/typescript-program";
import { unsaid } from "./account-comparison";
import { AccountMaker } from "./account-maker";
import { type AccountRecipe, accounts } from "./account-recipe";
import { type Imported, noteMade, typeOf } from "./imported-estate";
import { OTHER_ACCOUNT, STANDING_MS, WITH_GROUP_MMS } from "./two-accounts";

/** IMPORT_ACCOUNTS gives another number, IMPORT_PATH the path of one that failed, with SOAK_SEED. */
const ACCOUNTS = Number(process.env["IMPORT_ACCOUNTS"] ?? sized({ short: 1, full: 200 }));
const replay = process.env["IMPORT_PATH"] === undefined ? {} : { path: process.env["IMPORT_PATH"] };

describe("import of random accounts, on the engine", () => {
  let origin: Simulator;
  let copy: Simulator;
  let here: TestProject;
  let elsewhere: TestProject;
  const programs: string[] = [];
  before(async () => {
    origin = await startSimulator(WITH_GROUP_MMS);
    copy = await startSimulator({ ...WITH_GROUP_MMS, account: OTHER_ACCOUNT });
    const program = require.resolve("../../support/stack/declare-all.cjs");
    here = await TestProject.create(origin, program, []);
    elsewhere = await TestProject.create(copy, program, []);
    for (const project of [here, elsewhere]) useTypeScript(project);
  });
  after(async () => {
    here?.remove();
    elsewhere?.remove();
    await origin?.close();
    await copy?.close();
  });

  it(`takes ${ACCOUNTS} over with no change to show, and brings the same up elsewhere`, async () => {
    const startedAtMs = performance.now();
    await fc.assert(
      fc.asyncProperty(accounts, hold),
      // Each attempt to make what has failed shorter takes many seconds: the path of the failure repeats it.
      { seed, numRuns: ACCOUNTS, endOnFailure: true, ...replay },
    );
    const seconds = Math.round((performance.now() - startedAtMs) / 1_000);
    measured(
      "import of random accounts, on the engine",
      `${ACCOUNTS} in ${seconds} s, none untold or changed`,
    );
  }).timeout(sized({ short: 600_000, full: 6 * 3_600_000 }));

  it("was of programs that the compiler takes", () => {
    equal(programs.length > 0, true);
    equal(complaintsOn(programs).compiler, "");
  }).timeout(sized({ short: 300_000, full: 600_000 }));

  async function hold(recipe: AccountRecipe): Promise<void> {
    for (const simulator of [origin, copy]) simulator.reset();
    for (const project of [here, elsewhere]) project.forget();
    copy.clock.advance(STANDING_MS);
    await new AccountMaker(origin).make(recipe);
    const estate = await written(recipe);
    if (estate === undefined) return;
    programs.push(estate.program);
    await here.setSecrets(estate.secretKeys);
    await done(here, "import", "--file", "import.json", "--generate-code=false", "--protect=false", "--yes");
    await done(here, "preview", "--refresh", "--expect-no-changes", "--diff");
    cpSync(join(here.folder, "index.ts"), join(elsewhere.folder, "index.ts"));
    await elsewhere.setSecrets(estate.secretKeys);
    await done(elsewhere, "up", "--yes", "--skip-preview");
    const made = new Map<string, string>();
    for (const { type, urn, id, outputs } of elsewhere.state().resources)
      noteMade(made, { type: typeOf({ type }), name: nameOf(urn) }, id, outputs);
    deepEqual(await unsaid(origin, copy, estate, made), [], estate.notes.join("\n"));
  }

  /** None where there was nothing to import. */
  async function written({ membersAs, userConversations }: AccountRecipe): Promise<Imported | undefined> {
    const options = ["--all", "--as", membersAs, "--out", ".", "--force", "--json"];
    const asked = [...options, ...(userConversations ? ["--user-conversations"] : [])];
    const { code, output } = await here.startOurs("import", ...asked).ended;
    equal(code, 0, output);
    const { files, config, notes } = JSON.parse(output.slice(output.indexOf("{"))) as Report;
    if (files.length === 0) return undefined;
    const [program = "", rows = ""] = files.map((file) => readFileSync(file, "utf8"));
    return {
      program,
      rows: (JSON.parse(rows) as { resources: ImportRow[] }).resources,
      notes,
      secretKeys: config,
    };
  }
});

interface Report {
  readonly files: readonly string[];
  readonly config: readonly string[];
  readonly notes: readonly string[];
}

async function done(project: TestProject, ...args: string[]): Promise<void> {
  const { code, output } = await project.start(...args).ended;
  equal(code, 0, `pulumi ${args.join(" ")}:\n${output.slice(0, 6_000)}`);
}
