import { deepEqual } from "node:assert/strict";
import { agreedSteps } from "../../../../provider/cli/recover/agreement";
import type { StepKind } from "../../../../provider/cli/recover/report";

const KINDS: StepKind[] = ["lock", "attributes", "state", "pending"];
const steps = KINDS.map((kind) => ({ kind, found: [], question: `${kind}?`, done: "" }));

describe("recover: asking", () => {
  const cases: [StepKind[], StepKind[], StepKind[]][] = [
    [[], KINDS, KINDS],
    [["lock"], ["lock"], []],
    [["attributes"], KINDS, ["lock", "state", "pending"]],
    [["state"], ["lock", "attributes", "state"], ["lock", "attributes"]],
    [["pending"], KINDS, ["lock", "attributes", "state"]],
  ];
  for (const [refused, asked, agreed] of cases)
    it(`does ${agreed.join(", ") || "nothing"} where ${refused.join(", ") || "nothing"} is refused`, async () => {
      const questions: string[] = [];
      const done = await agreedSteps(steps, {
        isAgreed: async (question) => {
          questions.push(question);
          return !refused.some((kind) => question === `${kind}?`);
        },
        isNamed: async () => false,
      });
      deepEqual(
        { asked: questions, agreed: done.map(({ kind }) => kind) },
        { asked: asked.map((kind) => `${kind}?`), agreed },
      );
    });
});
