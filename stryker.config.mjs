/** Mutation testing of the modules that decide: does a test notice when one of their rules is changed? */
export default {
  mutate: [
    "provider/core/state/{adoption-rules,diff}.ts",
    "provider/core/api/codec.ts",
    "provider/http/retry/retry.ts",
  ],
  plugins: ["./tests/support/mutation-runner.mjs"],
  testRunner: "mocha",
  // What needs neither the engine nor the build.
  mochaOptions: {
    spec: ["tests/unit/{core,resources}/**/*.test.ts", "tests/unit/http/retry/retry*.test.ts"],
  },
  coverageAnalysis: "perTest",
  // Static mutants run every test; a busy machine is no endless loop.
  timeoutMS: 60_000,
  thresholds: { high: 90, low: 80, break: 80 },
  reporters: ["clear-text", "progress-append-only", "json"],
  jsonReporter: { fileName: "artifacts/mutation.json" },
  tempDirName: "artifacts/stryker",
  ignorePatterns: ["coverage", "dist", "examples", "artifacts", ".pulumi-state"],
};
