import type { PulumiFn } from "@pulumi/pulumi/automation";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../../simulator";
import { TwilioAccount } from "../twilio-account";
import { TestStack } from "./test-stack";

/** A simulator, a person with a REST client, and a stack; made before a block's tests, gone after them. */
export interface TestBed {
  simulator: Simulator;
  account: TwilioAccount;
  stack: TestStack;
}

/** `program` is asked anew at every operation, so a test changes what it declares in between. */
export function useTestBed(program: PulumiFn, options: SimulatorOptions = {}): TestBed {
  const bed = {} as TestBed;
  before(async () => {
    bed.simulator = await startSimulator(options);
    bed.account = new TwilioAccount(bed.simulator);
    bed.stack = await TestStack.create(bed.simulator, program);
  });
  after(async () => {
    // A set-up that failed must not keep the process alive.
    bed.stack?.remove();
    await bed.simulator?.close();
  });
  return bed;
}
