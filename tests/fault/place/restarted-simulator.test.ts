import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { otherPlace } from "../../../provider/core/api/api-host";
import { MismatchError } from "../../../provider/core/errors";
import { Lifecycle } from "../../../provider/core/lifecycle/lifecycle";
import { Session } from "../../../provider/core/run/session";
import { role } from "../../../provider/resources/service/role";
import { type Simulator, startSimulator } from "../../../simulator";

const agent = { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] };

describe("A simulator that was started again", () => {
  let folder: string;
  let simulator: Simulator | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
  });
  afterEach(async () => {
    await simulator?.close();
    simulator = undefined;
    rmSync(folder, { recursive: true });
  });
  const lifecycle = () =>
    new Lifecycle(
      role,
      new Session(
        simulator?.env ?? {},
        () => undefined,
        () => {},
      ),
    );
  const restart = async (port?: number) => {
    await simulator?.close();
    simulator = await startSimulator({ dataFile: join(folder, "store.json"), ...(port && { port }) });
    return Number(new URL(simulator.url).port);
  };

  it("on another port is refused with the way to start it there again, which then works", async () => {
    const port = await restart();
    const { sid, state } = await lifecycle().create(lifecycle().check({}, agent).inputs);
    const other = await restart();
    assert.notEqual(other, port);
    for (const operation of ["read", "delete"] as const)
      await assert.rejects(lifecycle()[operation](sid, state) as Promise<unknown>, (error: Error) => {
        assert.ok(error instanceof MismatchError);
        assert.match(
          error.message,
          new RegExp(`simulator --port ${port}\`, and set TWILIO_CONVERSATIONS_URL=`),
        );
        assert.match(error.message, /--data FILE/);
        return true;
      });
    assert.equal(await restart(port), port);
    assert.deepEqual((await lifecycle().read(sid, state))?.state, state);
    await lifecycle().delete(sid, state);
    assert.deepEqual(
      simulator?.roles().filter(({ sid: one }) => one === sid),
      [],
    );
  });

  const plain = /^.* Nothing was sent\. Use the credentials and settings of \S+\.$/;
  const others: [kind: "API" | "account", there: string, here: string, text: RegExp][] = [
    ["API", "http://127.0.0.1:4010", "http://localhost:4011", /simulator --port 4010`/],
    ["API", "http://[::1]:4010", "http://127.0.0.1:14155", /simulator --port 4010`/],
    ["API", "http://127.0.0.1", "http://127.0.0.1:14155", /simulator --port 80`/],
    ["API", "http://127.0.0.1:4010", "http://localhost:4010", plain],
    ["API", "https://conversations.twilio.com", "http://127.0.0.1:4010", plain],
    ["API", "http://127.0.0.1:4010", "https://conversations.twilio.com", plain],
    ["account", "AC1", "AC2", plain],
  ];
  for (const [kind, there, here, text] of others)
    it(`is ${text === plain ? "not " : ""}what ${there} beside ${here} is taken for`, () =>
      assert.match(otherPlace(kind, there, here).message, text));
});
