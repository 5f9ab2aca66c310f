/** For the figures of a soak: which test file is under way, so that none counts of one that failed. */
exports.mochaHooks =
  process.env.SOAK_FIGURES === undefined
    ? {}
    : {
        beforeEach() {
          process.env.SOAK_FILE = this.currentTest.file;
        },
      };
