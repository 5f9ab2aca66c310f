import { deepEqual, equal, match } from "node:assert/strict";
import {
  type Diagnosis,
  endText,
  foundText,
  jsonReport,
  type Step,
} from "../../../../provider/cli/recover/report";

const subject = { stack: "dev", backend: "file:///states" };
const lock: Step = { kind: "lock", found: ["locked by ann"], question: "Cancel it?", done: "cancelled it" };
const pending: Step = { kind: "pending", found: ["creating bob"], question: "Clear it?", done: "cleared it" };
const ASKED = { isYes: false, isAsking: true, forced: [] };
const SHOWN = { isYes: false, isAsking: false, forced: [] };
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
      endText(subject, diagnosis, { done: [lock], details: ["kept aside"] }, ASKED, plain),
      "  done       cancelled it\n             kept aside\n  not done   pending\nNot mended. Run it again to be asked again.",
    );
  });

  it("gives names that may be copied to a shell, whatever somebody has called themselves", () => {
    const unseen = ["ann@far", "Ann $(rm -rf ~) O'Hara@far host", "CORP\\ann@far"];
    match(
      endText(subject, { steps: [{ ...lock, unseen }], notes: [] }, { done: [], details: [] }, SHOWN, plain),
      / --force-unlock ann@far 'Ann \$\(rm -rf ~\) O'\\''Hara@far host' 'CORP\\ann@far'\n/,
    );
  });

  describe("of an agreement that is not enough", () => {
    const unseen = ["ann@far"];
    const diagnosis: Diagnosis = { steps: [{ ...lock, unseen }], notes: [] };
    const said = (given: object, found = diagnosis) =>
      endText(subject, found, { done: [], details: [] }, { ...SHOWN, ...given }, plain).split("\n");

    it("says that --yes is missing, where the name was given", () =>
      deepEqual(said({ forced: unseen }), [
        "--force-unlock says whose lock may be cancelled, and cancels nothing without --yes.",
        "Nothing was changed. Run it with --yes, or in a terminal, where it asks.",
      ]));

    it("names whom no lock waits for, and is not to ask in a run that asks nothing", () =>
      deepEqual(said({ isYes: true, forced: ["bob@far"] }), [
        "  not done   lock",
        "--force-unlock bob@far: no lock here waits for this name.",
        "--yes does not cancel a lock whose run may be alive. If you are sure that it is not, add --force-unlock ann@far",
        "Not mended. Run it again with this name.",
      ]));

    it("names it where nothing is to be mended, and to a machine, too", () => {
      const well = { steps: [], notes: ["kept"] };
      const [text] = said({ isYes: true, forced: ["bob@far"] }, well);
      equal(text, "--force-unlock bob@far: no lock here waits for this name.");
      const agreement = { ...SHOWN, forced: ["bob@far"] };
      deepEqual(jsonReport(subject, well, { done: [], details: [] }, agreement).notes, ["kept", text]);
      deepEqual(said({ isYes: true }, well), [""]);
    });

    it("asks again where it asks", () =>
      equal(said({ isAsking: true, forced: unseen }).at(-1), "Not mended. Run it again to be asked again."));
  });

  it("calls the files beside a state by another word than Twilio's", () => {
    const steps: Step[] = [{ ...lock, kind: "attributes", found: ["x"] }];
    equal(foundText(subject, { steps, notes: [] }, plain).split("\n")[1], "  metadata   x");
    match(
      endText(subject, { steps, notes: [] }, { done: [], details: [] }, ASKED, plain),
      /not done +metadata\n/,
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
      endText(subject, diagnosis, { done: [lock], details: [] }, ASKED, marked),
      "  <green>done      </> cancelled it\nNext: pulumi up --stack dev",
    );
  });
});
