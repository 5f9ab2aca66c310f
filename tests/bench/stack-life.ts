import assert from "node:assert/strict";
import { READ_LAG_MS } from "../../provider/core/api/eventual-consistency";
import { type Row, type Simulator, startSimulator } from "../../simulator";
import { TestProject } from "../support/stack/test-project";
import { declarationOf } from "./declaration";
import type { Sample } from "./figures";
import { ProviderMemory } from "./provider-memory";
import { countByKind, writingMs } from "./requests";
import {
  isIdle,
  OPERATION_ARGUMENTS,
  OPERATIONS,
  type Operation,
  REQUESTS_IN_FLIGHT,
  type Setting,
} from "./setting";

/**
 * Brings a stack up, takes it through the operations, and measures each. Program, engine and provider have processes
 * of their own; the simulator shares this one, which does nothing else meanwhile but look at the provider's memory.
 */
export async function measureLife(
  setting: Setting,
  operations: readonly Operation[],
  onSample: (sample: Sample) => void,
): Promise<void> {
  const simulator = await startSimulator({
    latencyMs: setting.latencyMs,
    rateLimit: setting.writesPerSecond > 0 ? "twilio" : "off",
  });
  try {
    const project = await projectFor(setting, simulator);
    try {
      // What is not asked for is done all the same where the next one stands on it.
      for (const operation of OPERATIONS.filter((one) => one === "up" || operations.includes(one))) {
        const sample = await measure(setting, operation, project, simulator);
        if (operations.includes(operation)) onSample(sample);
      }
    } finally {
      project.remove();
    }
  } finally {
    await simulator.close();
  }
}

/** The settings that count are given one by one, so that none of the user's own environment decides. */
function projectFor(setting: Setting, simulator: Simulator): Promise<TestProject> {
  return TestProject.create(simulator, require.resolve("./program.cjs"), declarationOf(setting, 1), {
    TWILIO_CONVERSATIONS_CONCURRENCY: String(REQUESTS_IN_FLIGHT),
    TWILIO_CONVERSATIONS_WRITES_PER_SECOND: String(setting.writesPerSecond),
    PULUMI_SKIP_CHECKPOINTS: String(!setting.checkpoints),
  });
}

async function measure(
  setting: Setting,
  operation: Operation,
  project: TestProject,
  simulator: Simulator,
): Promise<Sample> {
  const revision = operation === "update" ? 2 : 1;
  if (operation === "update") project.declare(declarationOf(setting, revision));
  // Between two operations of a user a moment passes, in which reads catch up with writes.
  simulator.clock.advance(READ_LAG_MS);
  simulator.clearRequests();
  const startMs = performance.now();
  const command = project.start(...OPERATION_ARGUMENTS[operation]);
  const memory = new ProviderMemory(command.pid);
  const { code, output } = await command.ended;
  const wallMs = performance.now() - startMs;
  const providerPeakBytes = memory.stop();
  assert.equal(code, 0, output);
  const requests = simulator.requests();
  expectDone(setting, operation, revision, simulator);
  return {
    ...{ setting, operation, wallMs, requests: countByKind(requests) },
    throttled: requests.filter(({ status }) => status === 429).length,
    writingMs: writingMs(requests),
    ...(providerPeakBytes === undefined ? {} : { providerPeakBytes }),
    stateBytes: Buffer.byteLength(JSON.stringify(JSON.parse(project.stateText()))),
  };
}

/** That it did what it is measured for: what is there afterwards, and that a preview wrote nothing. */
function expectDone(setting: Setting, operation: Operation, revision: number, simulator: Simulator): void {
  const methods = [...new Set(simulator.requests().map(({ method }) => method))];
  if (setting.kind === "empty" || isIdle(setting) || operation === "preview") {
    assert.deepEqual(methods, []);
  } else if (operation === "preview-refresh" || operation === "refresh-preview") {
    assert.deepEqual(methods, ["GET"]);
  } else {
    const members = simulator.participants();
    assert.equal(members.length, operation === "destroy" ? 0 : setting.members);
    assert.ok(members.every((member) => revisionOf(member) === revision));
  }
}

function revisionOf({ attributes }: Row): unknown {
  return (JSON.parse(String(attributes)) as { revision?: unknown }).revision;
}
