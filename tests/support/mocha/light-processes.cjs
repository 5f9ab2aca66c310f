const { resolve } = require("node:path");

// Every engine operation starts the CLI and Node anew, for the plugin and for an example's program.
// Compiled code that is kept blurs what V8 tells of coverage (Node's docs, module compile cache).
if (process.env.NODE_V8_COVERAGE === undefined) {
  process.env.NODE_COMPILE_CACHE ??= resolve(__dirname, "../../../node_modules/.cache/node-compile");
  process.env.NODE_OPTIONS ??= `--require ${JSON.stringify(resolve(__dirname, "lazy-modules.cjs"))}`;
}
// The CLI takes a fifth of its processor time to collect garbage, before it does anything.
process.env.GOGC ??= "400";
