import { nodeProblem } from "./node-version";

const problem = nodeProblem(process.version, process.features as { require_module?: boolean });
if (problem !== undefined) {
  const error = new Error(problem);
  // The SDK prints it with its stack, which says nothing to a user.
  error.stack = problem;
  throw error;
}
