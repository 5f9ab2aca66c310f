/** A worker's error reaches the reporter without its `cause` (mocha 12.0), where fast-check says what failed. */
exports.mochaHooks =
  process.env.MOCHA_WORKER_ID === undefined
    ? {}
    : {
        afterEach() {
          const { err } = this.currentTest ?? {};
          if (err?.cause instanceof Error) err.stack = `${err.stack}\nCaused by: ${err.cause.stack}`;
        },
      };
