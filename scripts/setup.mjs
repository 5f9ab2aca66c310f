// npm run setup: everything that a Pulumi program in this clone needs to run. With --print, its
// only output is the folder that holds the `pulumi` executable.
import { buildPackage, linkPackage } from "./own-package.mjs";
import { findToolchain } from "./toolchain/find.mjs";
import { installToolchain } from "./toolchain/install.mjs";
import { exitOnSignals, Problem, runScript } from "./toolchain/problem.mjs";
import { checkRequirements } from "./toolchain/requirements.mjs";

// On stderr, so that --print can be read by a program.
const say = (text) => console.error(text);

runScript(async () => {
  const unknown = process.argv.slice(2).filter((argument) => argument !== "--print");
  if (unknown.length > 0) throw new Problem(`set-up knows only --print, not ${unknown.join(" ")}.`);
  checkRequirements();
  exitOnSignals();
  linkPackage();
  buildPackage(say);

  let { found, notes } = findToolchain();
  if (found === undefined) {
    for (const note of notes) say(note);
    await installToolchain(say);
    ({ found } = findToolchain());
  }
  const line = `Pulumi ${found.version} is ready (from ${found.source}): ${found.folder}`;
  console.log(process.argv.includes("--print") ? found.folder : line);
});
