import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type RequestRecord, type Simulator, startSimulator } from "../../simulator";
import { type Counts, EXPECTED } from "./expected";
import { anonymous, protectsAny, repository, type TemporaryStack, temporaryStack } from "./temporary-stack";

const examples = readdirSync(join(repository, "examples")).filter((name) =>
  existsSync(join(repository, "examples", name, "Pulumi.yaml")),
);

/** `npm run check` compiles the examples; the language host need not check their types once more. */
const UNCHECKED = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

describe("examples", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let stack: TemporaryStack | undefined;
  let printed: string;

  const show = (text: string) => {
    printed += text;
  };

  beforeEach(async () => {
    printed = "";
    simulator = await startSimulator();
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") console.log(printed);
    stack?.removeFolder();
    await simulator.close();
  });

  it("are all expected to do something", () =>
    assert.deepEqual(Object.keys(EXPECTED).sort(), examples.sort()));

  for (const [example, { stacks, ...common }] of Object.entries(EXPECTED))
    for (const [name, own] of Object.entries(stacks ?? { demo: {} })) {
      const { creates, deletes, sets, config, protects, prepare } = { ...common, ...own };
      it(`${example}: comes up, is clean after a refresh, and goes (${name})`, async () => {
        const { env, check } = (await prepare?.(simulator)) ?? {};
        const project = join("examples", example);
        stack = await temporaryStack(
          project,
          { ...(await anonymous()), ...simulator.env, ...UNCHECKED, ...env },
          show,
          name,
        );
        for (const [key, value] of Object.entries(config ?? {})) await stack.set(key, value);
        simulator.clearRequests();

        await stack.run("up", "--yes", "--skip-preview");
        assert.deepEqual(counts(simulator.requests(), "POST", 201), creates);
        assert.deepEqual(settings(simulator.requests()), sets ?? {});
        check?.(await stack.outputs());

        const refresh = await stack.run("refresh", "--preview-only", "--diff", "--expect-no-changes");
        assert.doesNotMatch(refresh, /dynamic\/twilio/);

        assert.equal(await protectsAny(stack), protects ?? false);
        if (protects) await stack.unprotect();
        simulator.clearRequests();
        await stack.run("destroy", "--yes", "--skip-preview");
        assert.deepEqual(counts(simulator.requests(), "DELETE", 204), deletes ?? creates);
        assert.deepEqual(settings(simulator.requests()), sets ?? {});
        // What is under version control is as Pulumi would write it.
        if (stacks) {
          const kept = join(repository, project, `Pulumi.${name}.yaml`);
          assert.equal(readFileSync(stack.configFile, "utf8"), readFileSync(kept, "utf8"));
        }
      });
    }

  it("the project in the root previews the support desk, without an account", async () => {
    stack = await temporaryStack(".", await anonymous(), show);
    assert.match(await stack.run("preview"), /\+ 8 to create/);
    assert.equal(simulator.requests().length, 0);
  });
});

/** By the collection: the last part of a path that is no SID. */
function counts(requests: RequestRecord[], method: string, status: number): Counts {
  const found: Record<string, number> = {};
  for (const request of requests) {
    if (request.method !== method || request.status !== status) continue;
    const collection = request.path.split("/").findLast((part) => !/^[A-Z]{2}[0-9a-f]{32}$/.test(part)) ?? "";
    found[collection] = (found[collection] ?? 0) + 1;
  }
  return found;
}

/** What Twilio keeps once, and what is never created but only changed. */
function settings(requests: RequestRecord[]): Counts {
  const kept = /\/(Configuration|Webhooks|Notifications|Users\/\w+\/Conversations\/\w+)$/;
  return counts(
    requests.filter(({ path }) => kept.test(path)),
    "POST",
    200,
  );
}
