import { equal } from "node:assert/strict";
import { describeProblem, type Problem } from "../../../provider/core/problem";

describe("engine: how a problem reads", () => {
  const problems: [Problem, string][] = [
    [{ path: "roleSid", message: "is not an RL SID" }, "roleSid: is not an RL SID."],
    [
      { path: "roleSid", message: "is not an RL SID", twilioCode: 50109, hint: "Give one." },
      "roleSid: is not an RL SID (Twilio error 50109). Give one.",
    ],
    [{ path: "", message: "declares nobody", hint: "Give identity." }, "declares nobody. Give identity."],
  ];
  for (const [problem, text] of problems) {
    it(`reads: ${text}`, () => equal(describeProblem(problem), text));
  }
});
