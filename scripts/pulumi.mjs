// npm run pulumi -- ARGUMENTS: the Pulumi CLI that set-up found, on the local state in this clone.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildPackage, linkPackage } from "./own-package.mjs";
import { takeFolder, wantsStack } from "./toolchain/arguments.mjs";
import { pulumiEnvironment } from "./toolchain/environment.mjs";
import { findToolchain } from "./toolchain/find.mjs";
import { repository } from "./toolchain/folders.mjs";
import { Problem, runScript } from "./toolchain/problem.mjs";
import { checkRequirements } from "./toolchain/requirements.mjs";

const FIRST_STACK = "dev";

runScript(async () => {
  checkRequirements();
  const { found } = findToolchain();
  if (found === undefined)
    throw new Problem("there is no Pulumi CLI yet. Run `npm run setup`, then try again.");
  linkPackage();
  buildPackage((text) => console.error(text));

  const { folder, rest } = takeFolder(process.argv.slice(2));
  const cwd = resolve(repository, folder);
  const state = join(repository, ".pulumi-state");
  const env = pulumiEnvironment(found, state);
  mkdirSync(join(state, "home"), { recursive: true });

  const pulumi = join(found.folder, "pulumi");
  if (wantsStack(rest) && env.PULUMI_STACK === undefined) selectStack(pulumi, { cwd, env });
  return run(pulumi, rest, { cwd, env });
});

/** Pulumi asks which stack to use when none is selected; a first look should not need to know stacks. */
function selectStack(pulumi, options) {
  if (spawnSync(pulumi, ["stack", "--show-name"], options).status === 0) return;
  const select = spawnSync(pulumi, ["stack", "select", FIRST_STACK, "--create"], {
    ...options,
    encoding: "utf8",
  });
  if (select.status !== 0)
    throw new Problem(`could not make the stack ${FIRST_STACK}: ${select.stderr || select.error}`);
}

function run(pulumi, rest, options) {
  const child = spawn(pulumi, rest, { ...options, stdio: "inherit" });
  // Pulumi gets a Ctrl-C from the terminal itself, and must be able to finish what it has begun.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done(code ?? 1));
  });
}
