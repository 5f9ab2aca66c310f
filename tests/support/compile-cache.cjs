const { resolve } = require("node:path");

// Every engine operation starts Node anew, for the plugin and for an example's program; compiled code that is kept
// saves a fifth of a lifecycle test's time. It blurs what V8 tells of coverage (Node's docs, module compile cache).
if (process.env.NODE_V8_COVERAGE === undefined) {
  process.env.NODE_COMPILE_CACHE ??= resolve(__dirname, "../../node_modules/.cache/node-compile");
  process.env.NODE_OPTIONS ??= `--require ${JSON.stringify(resolve(__dirname, "lazy-modules.cjs"))}`;
}
