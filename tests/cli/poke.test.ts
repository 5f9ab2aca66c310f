import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { type Simulator, startSimulator } from "../../simulator";
import { runBuilt } from "../support/built-command";
import { HOSTILE, STEERING } from "../support/steering";

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

  it("says who is in a conversation where nobody is called so, and who may have been meant", async () => {
    const nobody = await poke("support/customer", "--delete");
    equal(nobody.code, 1);
    match(
      nobody.stderr,
      /nothing is called support\/customer: after the conversation comes the identity or the address of a participant, not the name of its resource\. There are support\/alice\/night, support\/\+15558675310\.\n$/,
    );
    match((await poke("support/alice", "--delete")).stderr, /There are support\/alice\/night, /);
    match((await poke("support/+15558675311", "--delete")).stderr, / Did you mean support\/\+15558675310\? /);
    match((await poke("suport", "--delete")).stderr, / Did you mean support\? There are support, /);
  });

  it("lists ten at most, and nothing that steers a terminal or makes a line", async () => {
    const identities = [
      HOSTILE,
      "two\nlines",
      "x".repeat(200),
      ...Array.from({ length: 30 }, (_, at) => `user-${at}`),
    ];
    simulator.seed({ conversations: [{ uniqueName: "crowd", participants: [{ identity: "user-0" }] }] });
    const [sid = ""] = simulator.participants("crowd").map((row) => row.sid);
    for (const identity of identities.slice(0, 3)) {
      simulator.change(sid, { identity });
      const { stderr } = await poke("crowd/nobody", "--delete");
      doesNotMatch(stderr, STEERING);
      equal(stderr.trimEnd().split("\n").length, 1, stderr);
      ok(stderr.length < 500, stderr);
      doesNotMatch(stderr, /There are +and/);
    }
    const participants = identities.slice(3).map((identity) => ({ identity }));
    simulator.seed({ conversations: [{ uniqueName: "many", participants }] });
    match(
      (await poke("many/nobody", "--delete")).stderr,
      / There are (many\/user-\d+(, | and )){10}20 more\.\n$/,
    );
    simulator.seed({ conversations: [{ uniqueName: "empty" }] });
    match((await poke("empty/nobody", "--delete")).stderr, /resource\. None is there\.\n$/);
  });

  it("is refused in one sentence", async () => {
    const cases: [number, string[], RegExp][] = [
      [2, ["support"], /say what to set, as field=value, or give --delete/],
      [2, ["support", "a=b", "--delete"], /not both/],
      [2, ["support", "a=b", "c=d", "a=e"], /: a was given more than once: give it once\.\n$/],
      [1, ["support/alice/night", "attributes={a:1}"], /refused: attributes: 50304 Attributes not valid: MB/],
      [2, ["support", "friendlyName"], /friendlyName is no field=value/],
      [2, ["support", "--colour"], /unknown option '--colour'/],
      [1, ["nobody", "friendlyName=x"], /nothing is called nobody: give a SID, /],
      [
        1,
        ["support", "colour=red"],
        /colour is not a field of CH\S+ that can be changed\. There are [a-z_, ]+ and 3 more\.\n$/,
      ],
      [
        1,
        ["support", "friendlynme=x"],
        /friendlynme is not a field .* Did you mean friendly_name\? There are /,
      ],
      [
        1,
        [simulator.account.accountSid, "filtrs=[]"],
        /filtrs is not a field of AC.* Did you mean filters\? There are /,
      ],
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
