import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { useToolchain } from "../support/stack/toolchain";
import type { Figures, Sample } from "./figures";
import { thisMachine } from "./machine";
import { type Options, optionsOf, USAGE, UsageError } from "./options";
import { planOf } from "./plan";
import { verdictsOn } from "./report/claim";
import { withFigures } from "./report/document";
import { picture } from "./report/picture";
import { floorText, progress, report } from "./report/report";
import { resultsOf } from "./result";
import { KIND_NAMES, OPERATION_NAMES, type Setting } from "./setting";
import { measureLife } from "./stack-life";

// npm run bench: what the resources cost on the real engine, in time, requests, state and memory.

const ROOT = resolve(__dirname, "../..");
const ARTIFACTS = join(ROOT, "artifacts");
const FIGURES = join(ARTIFACTS, "bench.json");
const DOCUMENT = join(ROOT, "docs/performance.md");
const PICTURE = "performance.svg";

async function main(): Promise<number> {
  const options = optionsOf(process.argv.slice(2));
  const figures =
    options.from === undefined
      ? await measured(options)
      : (JSON.parse(readFileSync(options.from, "utf8")) as Figures);
  const results = resultsOf(figures);
  say(`\n${report(figures)}\n`);
  if (options.write) {
    writeFileSync(join(ROOT, "docs", PICTURE), picture(results));
    writeFileSync(DOCUMENT, withFigures(readFileSync(DOCUMENT, "utf8"), report(figures, PICTURE)));
    say(`written: docs/performance.md, docs/${PICTURE}`);
  }
  const failed = verdictsOn(results).filter(({ verdict }) => verdict === "FAILED");
  for (const { claim, limit, measured: found } of failed) say(`FAILED: ${claim}: ${found}, limit ${limit}`);
  return failed.length === 0 ? 0 : 1;
}

async function measured(options: Options): Promise<Figures> {
  useToolchain();
  const { lives, notes } = planOf(options);
  const samples: Sample[] = [];
  const figures: Figures = {
    measuredOn: new Date().toISOString().slice(0, 10),
    ...{ machine: thisMachine(), repeat: options.repeat, notes, samples },
  };
  say(floorText(figures.machine.cores));
  for (const note of notes) say(note);
  // The first run of all reads everything from disk.
  if (lives[0]) await measureLife(lives[0].setting, ["up"], () => undefined);
  for (const { setting, operations } of lives) {
    await measureLife(setting, operations, (sample) => {
      samples.push(sample);
      show(sample, figures);
    });
    // A long run that is ended early has its figures all the same.
    save(figures);
  }
  say(`figures: ${FIGURES.slice(ROOT.length + 1)}`);
  return figures;
}

function save(figures: Figures): void {
  mkdirSync(ARTIFACTS, { recursive: true });
  writeFileSync(FIGURES, `${JSON.stringify(figures, undefined, 1)}\n`);
}

/** A sample by itself, as a multiple of what is known of the empty program so far. */
function show(sample: Sample, { samples, ...figures }: Figures): void {
  const empty = samples.filter(({ setting }) => setting.kind === "empty");
  const others = sample.setting.kind === "empty" ? [] : [sample];
  const result = resultsOf({ ...figures, samples: [...empty, ...others] }).find(
    ({ setting, operation }) => setting.kind === sample.setting.kind && operation === sample.operation,
  );
  const what = `${nameOf(sample.setting)}, ${OPERATION_NAMES[sample.operation].replaceAll("`", "")}`;
  if (result) say(`${what}: ${progress(result, sample.wallMs)}`);
}

function nameOf({ kind, members, latencyMs, writesPerSecond, checkpoints }: Setting): string {
  if (kind === "empty") return KIND_NAMES.empty;
  const parts = [
    `${members} × ${KIND_NAMES[kind]} at ${latencyMs} ms`,
    ...(writesPerSecond > 0 ? [`${writesPerSecond} writes a second`] : []),
    ...(checkpoints ? [] : ["without checkpoints"]),
  ];
  return parts.join(", ");
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main()
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: unknown) => {
    const isUsage = error instanceof UsageError;
    process.stderr.write(isUsage ? `error: ${error.message}\n\n${USAGE}\n` : `${(error as Error).stack}\n`);
    process.exitCode = isUsage ? 2 : 1;
  });
