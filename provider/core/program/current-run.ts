import * as pulumi from "@pulumi/pulumi";
import { processEnvironment } from "../api/settings";

/**
 * The object that identifies a program's run: its stack, since a process has several with the Automation API. Under the
 * mocks of a unit test there is no stack, and each `setMocks` begins a run.
 */
export function currentRun(): object {
  return pulumi.runtime.getStackResource() ?? pulumi.runtime.getMonitor() ?? pulumi.runtime;
}

/**
 * The mocks that answer for Pulumi's engine in a unit test (`pulumi.runtime.setMocks`); undefined in any other program.
 */
export function programMocks(): pulumi.runtime.Mocks | undefined {
  // Not by its class: if a test runner loads the SDK anew for a test, both copies share one monitor.
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  return monitor !== undefined && "mocks" in monitor ? (monitor.mocks as pulumi.runtime.Mocks) : undefined;
}

/**
 * Whether the language host runs this program, in its own process, and describes the run in the environment. An inline
 * run of the Automation API is in the user's process, which may have other runs.
 */
export function isHosted(): boolean {
  const env = processEnvironment();
  return (
    env["PULUMI_NODEJS_MONITOR"] !== undefined &&
    env["PULUMI_NODEJS_PROJECT"] === pulumi.getProject() &&
    env["PULUMI_NODEJS_STACK"] === pulumi.getStack()
  );
}
