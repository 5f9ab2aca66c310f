import { deepEqual, doesNotMatch, equal, match, notEqual, ok } from "node:assert/strict";
import { definitions, roster } from "../../../provider/resources";
import { VERSION } from "../../../provider/version";
import { type Simulator, startSimulator } from "../../../simulator";
import { diagnosticsIn } from "../../support/diagnostics";
import { measured } from "../../support/soak";
import { type RecordedStack, recordedVersions, stackFrom } from "./recorded/recorded";

const typeOf = (type: unknown) => String(type).split("/").at(-1);

it("The state of this version is recorded: npm run record-state", () => {
  ok(recordedVersions().includes(VERSION));
});

for (const version of recordedVersions())
  describe(`A stack in the state that version ${version} recorded`, () => {
    let simulator: Simulator;
    let stack: RecordedStack;
    before(async () => {
      simulator = await startSimulator();
      stack = await stackFrom(version, simulator);
    });
    after(async () => {
      stack?.project.remove();
      await simulator?.close();
    });
    const ours = () => stack.deployment.resources.filter(({ type }) => String(type).includes("/twilio:"));

    if (version === VERSION)
      it("has every type", () => {
        const types = new Set(ours().map(({ type }) => String(type).split(":").at(-1)));
        deepEqual([...types].sort(), [...definitions, roster].map(({ type }) => type).sort());
      });

    it("is previewed without a change, a replacement or a request", async () => {
      await stack.import();
      const { code, output } = await stack.project.start("preview", "--expect-no-changes", "--diff").ended;
      equal(code, 0, output);
      match(output, new RegExp(`Resources:\n\\s+${stack.deployment.resources.length - 1} unchanged`));
      deepEqual(simulator.requests(), []);
      measured(`State of ${version}, previewed`, `${ours().length} resources, 0 changes, 0 requests`);
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
