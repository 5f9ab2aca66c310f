import { equal, match } from "node:assert/strict";
import { endText, foundText, type Step } from "../../../../provider/cli/recover/report";

const subject = { stack: "dev", backend: "file:///states" };
const lock: Step = { kind: "lock", found: ["locked by ann"], question: "Cancel it?", done: "cancelled it" };
const pending: Step = { kind: "pending", found: ["creating bob"], question: "Clear it?", done: "cleared it" };
const plain = (_format: unknown, text: string) => text;
const marked = (format: unknown, text: string) => `<${format}>${text}</>`;

describe("recover: what it says", () => {
  it("has a row for each thing found and done", () => {
    const diagnosis = { steps: [lock, pending], notes: [] };
    equal(
      foundText(subject, diagnosis, plain),
      "Stack dev in file:///states\n  lock       locked by ann\n  pending    creating bob",
    );
    equal(
      endText(subject, diagnosis, { done: [lock], details: ["kept aside"] }, false, plain),
      "  done       cancelled it\n             kept aside\n  not done   pending\nNot mended. Run it again to be asked again.",
    );
  });

  it("gives names that may be copied to a shell, whatever somebody has called themselves", () => {
    const unseen = ["ann@far", "Ann $(rm -rf ~) O'Hara@far host", "CORP\\ann@far"];
    match(
      endText(subject, { steps: [{ ...lock, unseen }], notes: [] }, { done: [], details: [] }, true, plain),
      / --force-unlock ann@far 'Ann \$\(rm -rf ~\) O'\\''Hara@far host' 'CORP\\ann@far'\n/,
    );
  });

  it("keeps what it has found in one row each", () =>
    equal(
      foundText(
        subject,
        { steps: [{ ...lock, found: ["locked by ann\n  note       all is well"] }], notes: [] },
        plain,
      ),
      "Stack dev in file:///states\n  lock       locked by ann\\u000a  note       all is well",
    ));

  it("colours the labels, and keeps the columns", () => {
    const diagnosis = { steps: [lock], notes: [] };
    equal(
      foundText(subject, diagnosis, marked),
      "Stack <bold>dev</> in file:///states\n  <yellow>lock      </> locked by ann",
    );
    equal(
      endText(subject, diagnosis, { done: [lock], details: [] }, false, marked),
      "  <green>done      </> cancelled it\nNext: pulumi up --stack dev",
    );
  });
});
