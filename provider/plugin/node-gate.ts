import { nodeProblem } from "./node-version";

const problem = nodeProblem(process.version, process.features as { require_module?: boolean });
if (problem !== undefined) {
  const error = new Error(problem);
  // The SDK prints the stack, which tells a user nothing.
  error.stack = problem;
  throw error;
}
