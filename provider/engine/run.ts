import * as pulumi from "@pulumi/pulumi";

/** What stands for the run of one program: its stack, since with the Automation API a process has several. */
export function currentRun(): object {
  return pulumi.runtime.getStackResource() ?? pulumi.runtime;
}
