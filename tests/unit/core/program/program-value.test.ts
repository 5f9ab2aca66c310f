import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { carriedArgs, refusalOf, UncarriedValueError } from "../../../../provider/core/program/program-value";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const HALF = /holds half of a character/;
const OWN = /has a name that Pulumi keeps for itself or cannot show/;
const STANDS = /is the text that stands for an unknown value/;
const DEEP = /is nested deeper than 200 levels/;

const checked = (args: object) =>
  carriedArgs("alice", args, refusalOf("Participant", "alice")) as Record<string, unknown>;
const promised = (value: unknown) =>
  value instanceof Promise ? value : (value as { promise(): Promise<unknown> }).promise();

function deep(levels: number): unknown {
  return Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 1);
}

describe("engine: what a program gives and the engine does not carry", () => {
  const cases: [object, string, RegExp][] = [
    [{ identity: "a\ud83d" }, "identity", HALF],
    [{ identity: UNKNOWN }, "identity", STANDS],
    [{ messagingBinding: { address: "\udc00" } }, "messagingBinding.address", HALF],
    [{ configuration: { filters: ["a", "\ud83d"] } }, "configuration.filters[1]", HALF],
    [{ attributes: { a: { b: ["x\ud83dy"] } } }, "attributes.a.b[0]", HALF],
    [{ attributes: { "a\ud83d": 1 } }, 'attributes."a\\ud83d"', HALF],
    [{ attributes: { a: { [SIGNATURE]: 1 } } }, `attributes.a.${SIGNATURE}`, OWN],
    [{ attributes: JSON.parse('{"__proto__":{"a":1}}') }, "attributes.__proto__", OWN],
    [{ attributes: { a: [{ __pulumiOutput: true }] } }, "attributes.a[0].__pulumiOutput", OWN],
    [{ attributes: { a: { "": 1 } } }, 'attributes.a.""', OWN],
    [{ attributes: { a: { "C:\\": 1 } } }, 'attributes.a."C:\\\\"', OWN],
    [{ attributes: { a: UNKNOWN } }, "attributes.a", STANDS],
    [{ attributes: deep(210) }, "attributes[0][0]", DEEP],
    [{ attributes: deep(1_000) }, "attributes[0][0][0]", DEEP],
    [{ members: { bob: { attributes: { a: "\ud83d" } } } }, "members.bob.attributes.a", HALF],
    [{ members: JSON.parse('{"__proto__":{"identity":"bob"}}') }, "members.__proto__", OWN],
  ];

  for (const [args, path, why] of cases) {
    it(`is refused in ${path.slice(0, 60)}, and in an output and a promise of it`, async () => {
      const isRefused = (error: unknown) => {
        equal(error instanceof UncarriedValueError, true, String(error));
        const { message, stack } = error as Error;
        equal(message.startsWith(`Participant alice: ${path.slice(0, 60)}`), true, message.slice(0, 200));
        match(message, why);
        // Pulumi prints either, and has nothing to add.
        equal(stack, message);
        return true;
      };
      throws(() => checked(args), isRefused);
      for (const [name, value] of Object.entries(args)) {
        await rejects(promised(checked({ [name]: pulumi.output(1).apply(() => value) })[name]), isRefused);
        await rejects(promised(checked({ [name]: Promise.resolve(value) })[name]), isRefused);
      }
    });
  }

  it("is refused in an output within a value", async () => {
    const { attributes } = checked({ attributes: { a: [pulumi.output("x\ud83d")] } });
    await rejects(
      promised((attributes as { a: unknown[] }).a[0]),
      /Participant alice: attributes\.a\[0\]: holds half/,
    );
  });

  it("is refused in the name of the resource", () =>
    throws(
      () => carriedArgs("a\ud83d", {}, refusalOf("Participant", "a\ud83d")),
      /^UncarriedValueError: Participant a\ufffd: its name/,
    ));

  it("leaves everything else as it stands, the same object", () => {
    const args = {
      identity: "😀\0\uffff",
      attributes: { toString: { a: 1 }, constructor: [], "a.b": null, __x: deep(150), valueOf: -0 },
      nothing: undefined,
    };
    equal(checked(args), args);
  });

  it("takes the fields of an object of a class for the arguments, whatever else the class has", () => {
    class Member {
      readonly identity = "carl";
      get label(): string {
        return this.identity;
      }
    }
    deepEqual(checked(new Member()), { identity: "carl" });
    throws(() => checked({ attributes: new Member() }), /attributes: is an object of a class/);
  });

  it("leaves a resource and an unknown to the SDK, which knows them", () => {
    class Desk {
      readonly __pulumiResource = true;
      get sid(): string {
        return "CH";
      }
    }
    const args = { attributes: { desk: new Desk(), later: pulumi.unknown } };
    equal(checked(args), args);
  });

  it("keeps outputs what they are", async () => {
    const secret = pulumi.secret("x");
    const { identity, other } = checked({ identity: secret, other: pulumi.output({ a: [1] }) });
    equal(await pulumi.isSecret(identity as pulumi.Output<string>), true);
    deepEqual(await promised(other), { a: [1] });
  });
});
