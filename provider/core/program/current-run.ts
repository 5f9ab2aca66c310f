import * as pulumi from "@pulumi/pulumi";
import { processEnvironment } from "../api/settings";

/**
 * What stands for the run of one program: its stack, since with the Automation API a process has several. Under the
 * mocks of a unit test there is none, and each `setMocks` begins a run.
 */
export function currentRun(): object {
  return pulumi.runtime.getStackResource() ?? pulumi.runtime.getMonitor() ?? pulumi.runtime;
}

/** Whom a unit test has answer for the engine (`pulumi.runtime.setMocks`); undefined in any other program. */
export function programMocks(): pulumi.runtime.Mocks | undefined {
  // Not by its class: where a test runner loads the SDK anew for a test, both copies share one monitor.
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  return monitor !== undefined && "mocks" in monitor ? (monitor.mocks as pulumi.runtime.Mocks) : undefined;
}

/**
 * Whether the language host runs this program, in a process of its own. What it is told is in the environment; an inline
 * run of the Automation API has its own, in a process that is the user's and may have other runs.
 */
export function isHosted(): boolean {
  const env = processEnvironment();
  return (
    env["PULUMI_NODEJS_MONITOR"] !== undefined &&
    env["PULUMI_NODEJS_PROJECT"] === pulumi.getProject() &&
    env["PULUMI_NODEJS_STACK"] === pulumi.getStack()
  );
}
