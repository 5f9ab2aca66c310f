"use strict";
const { appendFileSync } = require("node:fs");
const { reporters } = require("mocha");

const INTERRUPTED = 130;

/**
 * Mocha's spec reporter, with one plain closing line that a machine can read. A parallel run that is sent SIGINT ends
 * without a word in mocha 12.0, and with 0, as if all had passed; here it ends as interrupted.
 */
module.exports = class SummaryReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const say = (failures, rest) =>
      process.stdout.write(`\n${this.stats.passes} passed, ${failures} failed${rest}\n`);
    runner.once("start", () => {
      // A serial run has no listener and dies of the signal; one of ours would keep it alive.
      if (process.listenerCount("SIGINT") === 0) return;
      process.once("SIGINT", () => {
        process.exitCode = INTERRUPTED;
        say(this.stats.failures + 1, ", interrupted");
      });
    });
    const figures = process.env.SOAK_FIGURES;
    if (figures !== undefined)
      runner.on("fail", ({ file }) => appendFileSync(figures, `${JSON.stringify({ failed: file })}\n`));
    const skipped = [];
    runner.on("pending", (test) => skipped.push(test.fullTitle()));
    runner.once("end", () => {
      for (const title of skipped) process.stdout.write(`skipped: ${title}\n`);
      say(this.stats.failures, skipped.length > 0 ? `, ${skipped.length} skipped` : "");
    });
  }
};
