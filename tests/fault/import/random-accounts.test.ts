import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { NOT_READ } from "../../../provider/cli/import/listed-objects";
import type { Definition } from "../../../provider/core/definition/define";
import { definitions } from "../../../provider/resources";
import { routes } from "../../../simulator/resources";
import { measured, seed, sized } from "../../support/soak";
import { complaintsOn } from "../../support/stack/typescript-program";
import { AccountMaker } from "./account-maker";
import { type AccountRecipe, accounts } from "./account-recipe";
import { typeOf } from "./imported-estate";
import { useTwoSimulators } from "./two-simulators";

/** IMPORT_ACCOUNTS gives another number, IMPORT_PATH the path of one that failed, with SOAK_SEED. */
const ACCOUNTS = Number(process.env["IMPORT_ACCOUNTS"] ?? sized({ short: 8, full: 1_000 }));
const replay = process.env["IMPORT_PATH"] === undefined ? {} : { path: process.env["IMPORT_PATH"] };
/** So long what has failed is made shorter. */
const SHRINKING_MS = sized({ short: 30_000, full: 300_000 });

/** What no program of an import is about. */
const UNREAD = ["Message", "Receipt", "Binding", "ConversationWithParticipants", "ParticipantConversation"];

/**
 * Random accounts, imported and taken over, and brought up where nothing is: without the engine, which takes seconds for
 * each. `random-accounts-engine.test.ts` does the same with it.
 */
describe("import of random accounts, without the engine", () => {
  const two = useTwoSimulators();
  const programs: string[] = [];
  const types = new Set<string>();
  const taken = new Map<string, Set<string>>();

  it(`tells all of ${ACCOUNTS} accounts, changes nothing there, and makes the same elsewhere`, async () => {
    let failedAtMs: number | undefined;
    const startedAtMs = performance.now();
    await fc.assert(
      fc.asyncProperty(accounts, async (recipe) => {
        if (failedAtMs !== undefined && performance.now() - failedAtMs > SHRINKING_MS) return;
        try {
          await hold(recipe);
        } catch (error) {
          failedAtMs ??= performance.now();
          throw error;
        }
      }),
      { seed, numRuns: ACCOUNTS, ...replay },
    );
    const seconds = Math.round((performance.now() - startedAtMs) / 1_000);
    measured("import of random accounts, without the engine", `${ACCOUNTS} in ${seconds} s, none untold`);
  }).timeout(sized({ short: 600_000, full: 6 * 3_600_000 }));

  it("declares objects of every type that it reads, sooner or later", async () => {
    for (const recipe of fc.sample(accounts, { seed, numRuns: 60 })) {
      if (typesMissed(types).length === 0) break;
      two.empty();
      await made(recipe);
      const { membersAs, userConversations } = recipe;
      for (const row of (await two.imported({ membersAs, userConversations })).rows) types.add(typeOf(row));
    }
    deepEqual(
      typesMissed(types),
      [],
      "read and declare it in provider/cli/import/listed-objects.ts, or name it in NOT_READ there",
    );
  }).timeout(120_000);

  it("are of every field that Twilio takes, sooner or later", async () => {
    for (const recipe of fc.sample(accounts, { seed, numRuns: 60 })) {
      if (fieldsMissed(taken).length === 0) break;
      two.empty();
      await made(recipe);
    }
    deepEqual(fieldsMissed(taken), []);
  }).timeout(120_000);

  it("was of programs that the compiler takes and the formatter leaves as they are", () => {
    equal(programs.length > 0, true);
    deepEqual(complaintsOn(programs), { compiler: "", formatter: "" });
  }).timeout(sized({ short: 300_000, full: 3_600_000 }));

  async function hold(recipe: AccountRecipe): Promise<void> {
    two.empty();
    await made(recipe);
    const { membersAs, userConversations } = recipe;
    const { program, rows } = await two.held({ membersAs, userConversations });
    programs.push(program);
    for (const row of rows) types.add(typeOf(row));
  }

  async function made(recipe: AccountRecipe): Promise<void> {
    const maker = new AccountMaker(two.here);
    await maker.make(recipe);
    for (const [operation, fields] of maker.taken)
      taken.set(operation, new Set([...(taken.get(operation) ?? []), ...fields]));
  }
});

/** The types of which no program has declared anything so far, and that import reads. */
function typesMissed(declared: ReadonlySet<string>): string[] {
  const read = (definitions as readonly Definition[]).filter((definition) => !NOT_READ.includes(definition));
  return read.map(({ type }) => type).filter((type) => !declared.has(type));
}

/** The fields of creates and updates that are in no account so far, as the simulator reads them. */
function fieldsMissed(taken: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const resources = new Map(routes.map(({ template, resource }) => [pattern(template), resource]));
  const had = new Set(
    [...taken].flatMap(([operation, fields]) =>
      [...fields].map((field) => `${resources.get(pattern(`/v1${operation}`))} ${field}`),
    ),
  );
  const known = routes
    .filter(({ resource }) => !UNREAD.includes(resource))
    .flatMap(({ resource, fields }) => fields.map((field) => `${resource} ${field}`));
  return [...new Set(known)].filter((field) => !had.has(field));
}

/** The same whatever its parameters are called. */
function pattern(template: string): string {
  return template.replace(/\{\w+\}/g, "{}");
}
