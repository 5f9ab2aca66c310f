import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { Problem } from "../toolchain/problem.mjs";

/** Where the demo plays: the environment of what it starts, and the numbers to configure, if any. */
export async function simulatedAccount() {
  const { startSimulator } = createRequire(import.meta.url)("../../dist/simulator/index.js");
  const simulator = await startSimulator();
  return {
    label: "a simulator of Twilio on this machine",
    env: { ...withoutTheWorld(process.env), ...simulator.env },
    real: false,
    numbers: {},
    close: () => simulator.close(),
  };
}

/** No credentials to leak, and no proxy that would be asked for an address on this machine. */
export function withoutTheWorld(env) {
  const outside = /^(TWILIO_.*|(http|https|all)_proxy)$/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !outside.test(name)));
}

/** The account in the environment, after the user has agreed. */
export async function liveAccount() {
  const { TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN, TWILIO_API_KEY, TWILIO_API_SECRET } = process.env;
  if (!account || !(TWILIO_AUTH_TOKEN || (TWILIO_API_KEY && TWILIO_API_SECRET))) {
    throw new Problem(
      "--live needs an account: set TWILIO_ACCOUNT_SID, and TWILIO_AUTH_TOKEN or TWILIO_API_KEY with TWILIO_API_SECRET.",
    );
  }
  const questions = createInterface({ input: process.stdin });
  const answers = questions[Symbol.asyncIterator]();
  const ask = async (question) => {
    process.stdout.write(question);
    return ((await answers.next()).value ?? "").trim();
  };
  try {
    const agreed = await ask(
      `This creates 2 roles, the conversation eu-support and 4 participants in account ${account}, changes three\n` +
        "of them and deletes all again. Nobody is sent a message. Go on? [y/N] ",
    );
    if (!/^y(es)?$/i.test(agreed)) throw new Problem("not agreed; nothing was done.");
    const supportNumber = await ask("A phone number of this account that can send SMS (+1…): ");
    const customerNumber = await ask("A phone number to stand for the customer (+1…): ");
    for (const number of [supportNumber, customerNumber]) {
      if (!/^\+\d{7,15}$/.test(number))
        throw new Problem(`"${number}" is no phone number like +14155550100; nothing was done.`);
    }
    const label = `account ${account}`;
    const numbers = { supportNumber, customerNumber };
    return { label, env: { ...process.env }, real: true, numbers, close: () => {} };
  } finally {
    questions.close();
  }
}
