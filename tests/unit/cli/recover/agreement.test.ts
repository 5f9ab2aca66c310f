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

  for (const [named, isAgreed, agreed] of [
    [["ann@far", "bob@far"], true, KINDS],
    [["ann@far"], true, []],
    [["ann@far", "bob@far"], false, []],
  ] as const)
    it(`takes a lock out of sight where ${isAgreed ? "it is agreed to" : "it is refused"} and ${named.join(", ")} named`, async () => {
      const unseen = ["ann@far", "bob@far"];
      const held = steps.map((step) => (step.kind === "lock" ? { ...step, unseen } : step));
      const done = await agreedSteps(held, {
        isAgreed: async () => isAgreed,
        isNamed: async (name) => named.some((one) => one === name),
      });
      deepEqual(
        done.map(({ kind }) => kind),
        agreed,
      );
    });
});
