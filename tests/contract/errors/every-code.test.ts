import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { adviceFor } from "../../../provider/http/hints";
import { errorCodes } from "../../../simulator/rules/error-codes";
import { contentionCases } from "../../unit/simulator/contention-cases";
import { Fixture } from "../sdk/client";
import { codeCases } from "./code-cases";
import { errorCases } from "./error-cases";

const table: Readonly<Record<number, readonly [status: number, message: string]>> = errorCodes;
const codesOf = (record: object): number[] => Object.keys(record).map(Number);

/** The codes in the first column of the table under "Codes that are never answered". */
function neverAnswered(): number[] {
  const limits = readFileSync(join(__dirname, "../../../simulator/LIMITS.md"), "utf8");
  const [, section = ""] = limits.split("\n## Codes that are never answered\n");
  const rows = section.split("\n## ")[0]?.matchAll(/^\| ([0-9, ]+?) +\|/gm) ?? [];
  return [...rows].flatMap(([, codes = ""]) => codes.split(", ").map(Number));
}

/** Every code with which a test in the suites has been answered, each of them by a request of its own. */
const answered = new Set([
  ...errorCases.map(([, , , code]) => code),
  ...contentionCases.map(([, , , code]) => code),
  ...codesOf(codeCases),
]);

describe("every error code of the simulator", () => {
  for (const [code, { options = {}, act }] of Object.entries(codeCases))
    it(`${code} is answered to a request`, async () => {
      // A group MMS has no member by identity alone.
      const participants = options.switches?.groupMms ? [] : [{ identity: "ann" }];
      const seed = { conversations: [{ uniqueName: "desk", participants }] };
      const fixture = await Fixture.start({ ...options, seed });
      try {
        const { status, body } = await act(fixture);
        assert.deepEqual([status, body.code], [table[Number(code)]?.[0], Number(code)], body.message);
      } finally {
        await fixture.close();
      }
    });

  it("is answered by a case, or LIMITS.md says that it never is", () => {
    const never = neverAnswered();
    assert.ok(never.length > 0);
    assert.deepEqual(
      codesOf(table).filter((code) => !answered.has(code) && !never.includes(code)),
      [],
      "no case and no reason",
    );
    assert.deepEqual(
      never.filter((code) => answered.has(code)),
      [],
      "answered all the same",
    );
    assert.deepEqual(
      [...answered].filter((code) => !(code in table)),
      [],
      "not in the table",
    );
    assert.equal(new Set(never).size, never.length, "named twice");
  });

  it("has every code that the provider gives advice for, or LIMITS.md says why not", () => {
    const advised: number[] = [];
    for (let code = 20_000; code < 80_000; code += 1)
      if (adviceFor(400, code) !== undefined) advised.push(code);
    assert.ok(advised.length > 100);
    const known = new Set([...codesOf(table), ...neverAnswered()]);
    assert.deepEqual(
      advised.filter((code) => !known.has(code)),
      [],
    );
  });
});
