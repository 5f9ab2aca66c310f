import { Problem } from "../toolchain/problem.mjs";

/** Stops the demo when a step did not do what it shows. */
export function expect(holds, what) {
  if (!holds) throw new Problem(`not as expected: ${what}.`);
}

/** The counts that close Pulumi's output, such as `{ "to update": 2, unchanged: 5 }`. */
export function counts(output) {
  const summary = output.slice(output.lastIndexOf("Resources:"));
  const found = [
    ...summary.matchAll(
      /(\d+) (to create|to update|to delete|to replace|created|updated|deleted|unchanged)/g,
    ),
  ];
  return Object.fromEntries(found.map(([, count, what]) => [what, Number(count)]));
}

/** Throws unless the output ends with exactly these counts. */
export function expectCounts(output, wanted) {
  const found = counts(output);
  const words = (rows) => JSON.stringify(Object.entries(rows).sort());
  expect(
    words(found) === words(wanted),
    `Pulumi counts ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`,
  );
}

/** Throws unless a `preview --refresh --diff` shows the demo's three changes, and nothing besides. */
export function expectDrift(output, { agent, lead }) {
  expectCounts(output, { "to update": 2, "to create": 1, unchanged: 5 });
  const shown = resourceBlocks(output);
  const names = Object.keys(shown).sort().join(", ");
  expect(names === "alice, bob, on-call", `the preview names ${names}, not alice, bob and on-call`);
  expect(
    shown.alice.includes(`~ roleSid: "${lead}" => "${agent}"`),
    "the preview does not show the role of alice",
  );
  expect(shown.bob.includes('~ team: "sales" => "support"'), "the preview does not show the team of bob");
  expect(shown["on-call"].includes("(create)"), "the preview does not create the on-call lead again");
}

/** The text that a rich diff prints on each resource but the stack, by the resource's name. */
export function resourceBlocks(output) {
  const blocks = {};
  for (const block of output.split(
    /^(?=.*: \((?:same|refresh|create|update|delete|replace|\w+-replacement)\)$)/m,
  )) {
    const name = /\[urn=.*dynamic\/twilio:\w+::([^\]]+)\]/.exec(block)?.[1];
    if (name !== undefined) blocks[name] = (blocks[name] ?? "") + block;
  }
  return blocks;
}
