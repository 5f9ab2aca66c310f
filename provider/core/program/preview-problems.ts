import * as pulumi from "@pulumi/pulumi";
import { ProgramError, reportError } from "./program-error";

/**
 * Input by which a program asks check for all problems in a preview. Pulumi's engine stops at the first resource whose
 * check fails (3.255.0), so five wrong ones would take five previews. With this input, check lets a wrong resource pass
 * and returns its problems here; the program reports them, and the run fails. The program cannot check by itself: it
 * knows neither the state nor what transforms and `ignoreChanges` make of its inputs.
 */
export const PROBLEMS = "__problems";

/**
 * Whether the program asks for problems. Not in `up`, where the first wrong resource must stop the creation of those
 * after it. Not in the plugin of a component, whose errors fail no run.
 */
export function asksForProblems(): boolean {
  return pulumi.runtime.isDryRun() && pulumi.runtime.getStackResource() !== undefined;
}

/** Reports the problems that check found, in the engine's words. */
export function reportProblems(resource: pulumi.CustomResource, type: string, name: string): void {
  // Unknown without problems, so that `apply` never runs. A transformation may have removed it.
  const { [PROBLEMS]: found } = resource as { [PROBLEMS]?: pulumi.Output<string[]> };
  found?.apply((problems) => {
    for (const problem of problems)
      reportError(`${type} resource '${name}' has a problem: ${problem}`, resource);
  });
}

/** Returns the result of `make`. If the program refuses it and can go on, reports the error and returns `instead`. */
export function unlessRefused<Made>(goesOn: boolean, make: () => Made, instead: () => Made): Made {
  try {
    return make();
  } catch (error) {
    if (!goesOn || !(error instanceof ProgramError)) throw error;
    reportError(error.message);
    return instead();
  }
}
