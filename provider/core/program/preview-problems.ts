import * as pulumi from "@pulumi/pulumi";
import { ProgramError, reportError } from "./program-error";

/**
 * The engine stops at the first resource whose check fails (3.255.0): of five wrong ones it would take five previews to
 * know. So in a preview a program asks by this input that the check lets a wrong resource pass and answers here what is
 * wrong; the program says it, and the run fails. The program cannot check by itself, since it knows neither what is in
 * state nor what transforms and `ignoreChanges` make of its inputs.
 */
export const PROBLEMS = "__problems";

/**
 * Whether the program asks for it. Not in `up`, where the first wrong resource keeps from being created what comes
 * after it; nor in the plugin of a component, whose errors fail no run.
 */
export function asksForProblems(): boolean {
  return pulumi.runtime.isDryRun() && pulumi.runtime.getStackResource() !== undefined;
}

/** Says what the check has found, in the engine's words. */
export function reportProblems(resource: pulumi.CustomResource, type: string, name: string): void {
  // Unknown, and so never heard of, where nothing is wrong. A transformation may have left it out.
  const { [PROBLEMS]: found } = resource as { [PROBLEMS]?: pulumi.Output<string[]> };
  found?.apply((problems) => {
    for (const problem of problems)
      reportError(`${type} resource '${name}' has a problem: ${problem}`, resource);
  });
}

/** What is made of the arguments. What cannot be made is reported where the program can go on, with something instead. */
export function unlessRefused<Made>(goesOn: boolean, make: () => Made, instead: () => Made): Made {
  try {
    return make();
  } catch (error) {
    if (!goesOn || !(error instanceof ProgramError)) throw error;
    reportError(error.message);
    return instead();
  }
}
