import fc from "fast-check";
import { startSimulator } from "../../../simulator";
import { measured, seed, sized } from "../../support/soak";
import { TestStack } from "../../support/stack/test-stack";
import { TwilioAccount } from "../../support/twilio-account";
import { commands, trace } from "./commands";
import { type Interruption, interruptions, PATIENT_SECONDS } from "./interruption";
import { Model } from "./model";
import { heal, up } from "./operations";
import { declareAll } from "./program/declaration";
import { declarationOf, type Recipe, recipes } from "./program/recipe";
import { othersAtWork, type Real } from "./real";
import { tally } from "./tally";

const SLICES = 2;
/** MODEL_SEQUENCES gives another number, for a look at a few in their full form. */
const SEQUENCES = Number(process.env["MODEL_SEQUENCES"] ?? sized({ short: 4, full: 1000 })) / SLICES;
const MAX_COMMANDS = sized({ short: 4, full: 10 });
/** For a machine that does much else at the time. */
const TIMEOUT_MS = sized({ short: 600_000, full: 6 * 3_600_000 });
/** So long what has failed is made shorter; each attempt takes seconds. */
const SHRINKING_MS = sized({ short: 60_000, full: 600_000 });

/**
 * Sequences of what users, others and accidents do, against a model. They come in slices so that the processes of
 * mocha share them. A failure prints seed, path and replayPath: MODEL_REPLAY='{"path":"…","replayPath":"…"}' with
 * SOAK_SEED repeats it.
 */
export function modelSuite(slice: number): void {
  describe(`a life by a model, slice ${slice}`, () => {
    let real: Real;
    let model: Model | undefined;

    before(async () => {
      const simulator = await startSimulator();
      const program = async () => declareAll(model?.program.values() ?? [], model?.anchors ?? new Map());
      const stack = await TestStack.create(simulator, program, { PULUMI_SKIP_CHECKPOINTS: "false" });
      await stack.setConfig("twilio:timeoutSeconds", PATIENT_SECONDS);
      real = { simulator, account: new TwilioAccount(simulator), stack };
    });
    after(async () => {
      real?.stack.remove();
      await real?.simulator.close();
    });

    it(`is as the model says, after ${SEQUENCES} sequences`, async () => {
      const { replayPath, ...replay } = JSON.parse(process.env["MODEL_REPLAY"] ?? "{}");
      const programs = fc.array(recipes, { minLength: 3, maxLength: 8, size: "max" });
      const sequences = fc.commands(commands, { maxCommands: MAX_COMMANDS, size: "max", replayPath });
      let failedAtMs: number | undefined;
      const startedAtMs = performance.now();
      await fc.assert(
        fc.asyncProperty(programs, interruptions, sequences, async (program, first, sequence) => {
          if (failedAtMs !== undefined && performance.now() - failedAtMs > SHRINKING_MS) return;
          try {
            await live(program, first, sequence);
          } catch (error) {
            // A run that is interrupted while it looks for a shorter sequence tells nothing else of it.
            if (failedAtMs === undefined) console.error(`slice ${slice}, first failure:`, error);
            failedAtMs ??= performance.now();
            throw error;
          }
        }),
        { seed: seed * SLICES + slice, numRuns: SEQUENCES, unbiased: true, ...replay },
      );
      const seconds = (performance.now() - startedAtMs) / 1000;
      const happened = Object.entries(tally).map(([what, times]) => `${times} × ${what}`);
      measured(
        `model-based life, slice ${slice}`,
        `${SEQUENCES} sequences in ${Math.round(seconds)} s, each as the model: ${happened.join(", ")}`,
      );
    }).timeout(TIMEOUT_MS);

    async function live(
      program: readonly Recipe[],
      interruption: Interruption | undefined,
      sequence: Iterable<fc.AsyncCommand<Model, Real>>,
    ): Promise<void> {
      trace(`${JSON.stringify(program)}, up(${JSON.stringify(interruption) ?? ""})`);
      real.stack.forget();
      const mine = new Model(await othersAtWork(real));
      model = mine;
      for (const recipe of program) {
        const declaration = declarationOf(mine, recipe);
        if (declaration !== undefined) mine.declare(declaration);
      }
      await up(mine, real, { refresh: false, interruption });
      await fc.asyncModelRun(() => ({ model: mine, real }), sequence);
      await heal(mine, real);
    }
  });
}
