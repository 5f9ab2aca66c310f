import { createRequire } from "node:module";

// Mocha 12 calls its internals *.cjs, and Stryker 10.0.0 requires them without an extension (stryker-js #6205).
const { extensions } = createRequire(import.meta.url);
extensions[".cjs"] ??= extensions[".js"];

export const { strykerPlugins, strykerValidationSchema } = await import("@stryker-mutator/mocha-runner");
