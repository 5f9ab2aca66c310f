// npm run demo: the life of a support conversation, with a real Pulumi engine against the simulator.
// With --live the same happens in the account in the environment, after asking.
import { join } from "node:path";
import { liveAccount, simulatedAccount } from "./demo/account.mjs";
import { SupportDesk } from "./demo/desk.mjs";
import { expectCounts, expectDrift } from "./demo/expect.mjs";
import { rest } from "./demo/rest.mjs";
import { TemporaryStack } from "./demo/stack.mjs";
import { prepare } from "./prepare.mjs";
import { repository } from "./toolchain/folders.mjs";
import { Problem, runScript } from "./toolchain/problem.mjs";

runScript(async () => {
  const unknown = process.argv.slice(2).filter((argument) => argument !== "--live");
  if (unknown.length > 0) throw new Problem(`the demo knows only --live, not ${unknown.join(" ")}.`);
  const toolchain = await prepare((text) => console.log(text));
  const account = await (process.argv.includes("--live") ? liveAccount() : simulatedAccount());
  const stack = new TemporaryStack(join(repository, "examples", "support-desk"), toolchain, account.env);
  // Pulumi gets a Ctrl-C itself, from the terminal; what it has created is to be put away after that.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stack.interrupt());
  try {
    await stack.create();
    for (const [key, value] of Object.entries(account.numbers)) await stack.set(key, value);
    await show(stack, account);
  } catch (error) {
    await putAway(stack, account);
    throw error;
  } finally {
    await account.close();
  }
  stack.removeFolder();
});

async function show(stack, account) {
  step(`examples/support-desk is brought up in ${account.label}`);
  expectCounts(await stack.run("up", "--yes", "--skip-preview"), { created: 8 });
  const desk = new SupportDesk(rest(account.env), await stack.outputs());
  await desk.expectWhole();

  step("A preview finds nothing to do");
  expectCounts(await stack.run("preview", "--expect-no-changes"), { unchanged: 8 });

  step("Outside Pulumi alice is promoted to lead, bob is moved to sales, and carol is removed");
  await desk.promoteAlice();
  await desk.moveBob();
  await desk.removeCarol();

  step("A preview with --refresh names exactly these three");
  expectDrift(await stack.run("preview", "--refresh", "--diff"), desk.roles);

  step("An update puts them back");
  expectCounts(await stack.run("up", "--refresh", "--yes", "--skip-preview"), {
    updated: 2,
    created: 1,
    unchanged: 5,
  });
  await new SupportDesk(rest(account.env), await stack.outputs()).expectWhole();

  step("The support desk is taken down");
  expectCounts(await stack.run("destroy", "--yes", "--skip-preview"), { deleted: 8 });
  await desk.expectGone();
  step("Nothing is left, neither in Twilio nor of the demo's temporary state");
}

function step(text) {
  console.log(`\n# ${text}\n`);
}

/** After a failure: a simulator ends with the demo, but what is in a real account has to be removed. */
async function putAway(stack, account) {
  if (!account.real) return stack.removeFolder();
  step("The demo stopped; what it created is removed");
  try {
    await stack.run("destroy", "--yes", "--skip-preview");
    stack.removeFolder();
  } catch (error) {
    console.error(`error: ${error.message} What is left is in the Pulumi state in ${stack.folder}.`);
  }
}
