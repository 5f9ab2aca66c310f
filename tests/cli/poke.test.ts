import { deepEqual, equal, match } from "node:assert/strict";
import { type Simulator, startSimulator } from "../../simulator";
import { runBuilt } from "../support/built-command";

describe("pulumi-twilio-conversations simulator poke", () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator?.close());
  beforeEach(() => {
    simulator.reset();
    simulator.seed({
      roles: [{ friendlyName: "lead", type: "conversation", permissions: ["sendMessage"] }],
      users: [{ identity: "zed" }],
      conversations: [
        {
          uniqueName: "support",
          participants: [
            { identity: "alice/night" },
            { messagingBinding: { address: "+15558675310", proxyAddress: "+15017122661" } },
          ],
        },
      ],
    });
  });

  const poke = (...args: string[]) => runBuilt(["simulator", "poke", ...args], { env: simulator.env });

  it("changes what is named, outside of the API, and says how to see it", async () => {
    const { code, stdout, stderr } = await poke("support/alice/night", 'attributes={"team":"night"}');
    equal(code, 0, stderr);
    match(stdout, /^Changed support\/alice\/night: attributes\.\n.*pulumi preview --refresh/);
    equal(simulator.participants("support")[0]?.["attributes"], '{"team":"night"}');
    deepEqual(simulator.requests(), []);
  });

  it("finds by name, identity, address and SID", async () => {
    equal((await poke("support", "friendlyName=By hand")).code, 0);
    equal(simulator.conversations()[0]?.["friendly_name"], "By hand");
    equal((await poke("lead", 'permissions=["leaveConversation"]')).code, 0);
    deepEqual(simulator.roles().find((row) => row["friendly_name"] === "lead")?.["permissions"], [
      "leaveConversation",
    ]);
    equal((await poke("zed", "friendlyName=null")).code, 0);
    equal((await poke("support/+15558675310", "--delete")).code, 0);
    deepEqual(
      simulator.participants("support").map((row) => row["identity"]),
      ["alice/night"],
    );
    equal((await poke(String(simulator.conversations()[0]?.sid), "--delete")).code, 0);
    deepEqual(simulator.conversations(), []);
  });

  it("is refused in one sentence", async () => {
    const cases: [number, string[], RegExp][] = [
      [2, ["support"], /say what to set, as field=value, or give --delete/],
      [2, ["support", "a=b", "--delete"], /not both/],
      [2, ["support", "friendlyName"], /friendlyName is no field=value/],
      [2, ["support", "--colour"], /unknown option '--colour'/],
      [1, ["nobody", "friendlyName=x"], /nothing is called nobody: give a SID, /],
      [1, ["support", "colour=red"], /colour is not a field of CH/],
      [
        1,
        ["support", "a=b", "--url", "http://127.0.0.1:9"],
        /no simulator answers at http:\/\/127\.0\.0\.1:9/,
      ],
    ];
    for (const [code, args, message] of cases) {
      const ran = await poke(...args);
      deepEqual([ran.code, ran.stdout], [code, ""], ran.stderr);
      match(ran.stderr, message);
      equal(ran.stderr.trimEnd().split("\n").length, 1);
    }
  });
});
