// npm run setup: everything that a Pulumi program in this clone needs to run. With --print, its
// only output is the folder that holds the `pulumi` executable.
import { prepare } from "./prepare.mjs";
import { exitOnSignals, Problem, runScript } from "./toolchain/problem.mjs";

runScript(async () => {
  const unknown = process.argv.slice(2).filter((argument) => argument !== "--print");
  if (unknown.length > 0) throw new Problem(`set-up knows only --print, not ${unknown.join(" ")}.`);
  exitOnSignals();
  // On stderr, so that a program can read what --print prints.
  const { folder, version, source } = await prepare((text) => console.error(text));
  const line = `Pulumi ${version} is ready (from ${source}): ${folder}`;
  console.log(process.argv.includes("--print") ? folder : line);
});
