// Required by every process that a test starts: it notes there what runs, as `withNotes` asks.
const { appendFileSync } = require("node:fs");

const file = process.env.MUTATION_REACHED;
const reached = new Set();
if (file !== undefined) {
  globalThis.__reached = (id) => {
    if (reached.has(id)) return;
    reached.add(id);
    // At once: a process can be killed.
    appendFileSync(file, `${id}\n`);
  };
}
