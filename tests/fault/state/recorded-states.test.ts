import { deepEqual, doesNotMatch, equal, match, notEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { definitions, roster } from "../../../provider/resources";
import { type Simulator, startSimulator } from "../../../simulator";
import { diagnosticsIn } from "../../support/diagnostics";
import { measured } from "../../support/soak";
import { type RecordedStack, recording, stackFrom } from "./recorded/recorded";
import { type Recorded, recordedVersions, recordingOf } from "./recorded/recordings";

const typeOf = (type: unknown) => String(type).split("/").at(-1);

it("The state of every version that is out is recorded: npm run record-state", () => {
  const changelog = readFileSync(join(__dirname, "../../../CHANGELOG.md"), "utf8");
  const released = [...changelog.matchAll(/^## (\d+\.\d+\.\d+)/gm)].map(([, version = ""]) => version);
  deepEqual(
    released.filter((version) => !recordedVersions().includes(version)),
    [],
  );
});

const PRESENT = "the code as it is";
const recordings: Record<string, () => Recorded | Promise<Recorded>> = {
  ...Object.fromEntries(
    recordedVersions().map((version) => [`version ${version}`, () => recordingOf(version)]),
  ),
  [PRESENT]: recording,
};

for (const [recorder, recorded] of Object.entries(recordings))
  describe(`A stack in the state that ${recorder} recorded`, () => {
    let simulator: Simulator;
    let stack: RecordedStack;
    before(async () => {
      simulator = await startSimulator();
      stack = await stackFrom(await recorded(), simulator);
    });
    after(async () => {
      stack?.project.remove();
      await simulator?.close();
    });
    const ours = () => stack.deployment.resources.filter(({ type }) => String(type).includes("/twilio:"));

    it("is previewed without a change, a replacement or a request", async () => {
      await stack.import();
      const { code, output } = await stack.project.start("preview", "--expect-no-changes", "--diff").ended;
      equal(code, 0, output);
      match(output, new RegExp(`Resources:\n\\s+${stack.deployment.resources.length - 1} unchanged`));
      deepEqual(simulator.requests(), []);
      measured(`State of ${recorder}, previewed`, `${ours().length} resources, 0 changes, 0 requests`);
    });

    if (recorder !== PRESENT) return;
    it("has every type: inEstate in its tests/types/<of>/<type>.ts declares it", () => {
      const types = new Set(ours().map(({ type }) => String(type).split(":").at(-1)));
      deepEqual([...types].sort(), [...definitions, roster].map(({ type }) => type).sort());
    });

    it("is refused where it is damaged, in a sentence", async () => {
      const isLost = ({ type }: Record<string, unknown>) => typeOf(type) === "twilio:Participant";
      const kept = ({ __provider }: Record<string, unknown> = {}) => ({ __provider });
      const later = { addedLater: { by: "2.0.0" } };
      await stack.import(
        stack.deployment.resources.map((row) =>
          row.outputs === undefined
            ? row
            : { ...row, outputs: isLost(row) ? kept(row.outputs) : { ...row.outputs, ...later } },
        ),
      );
      const { code, output } = await stack.project.start("preview", "--refresh", "--diff").ended;
      notEqual(code, 0, output);
      match(
        diagnosticsIn(output),
        /the state holds no conversationSid: it is damaged, .*pulumi state delete/,
      );
      doesNotMatch(output, /TypeError|undefined|\n\s+at .*\.js:/);
      for (const { method } of simulator.requests()) equal(method, "GET");
    });
  });
