import { setFlagsFromString } from "node:v8";

/**
 * V8 by itself collects only when as much garbage has piled up again as is in use, and more than that in a plugin that
 * lives for seconds. These are read at every collection, so they hold from here on; a V8 that has no such flag ignores
 * it. Measured with `npm run bench` at 10,000 members of 10 rosters, Node 22: docs/performance.md has the figures.
 */
setFlagsFromString("--heap-growing-percent=15");
setFlagsFromString("--max-semi-space-size=4");
