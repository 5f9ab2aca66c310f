import { deepEqual, doesNotMatch } from "node:assert/strict";
import {
  type EngineStep,
  type Observation,
  observationsOf,
} from "../../../../provider/cli/drift/observation";
import { LATER, partsOf, pathText, SECRET, shown } from "../../../../provider/cli/drift/value";
import { UNKNOWN } from "../../../../provider/core/engine-transport";

const TYPE = "pulumi-nodejs:dynamic/twilio:Participant";
const state = (inputs: Record<string, unknown>) => ({ id: "MB1", inputs, outputs: {} });
const step = (op: string, more: Partial<EngineStep> = {}): EngineStep => ({
  op,
  urn: `urn:pulumi:test::project::${TYPE}::ann`,
  type: TYPE,
  ...more,
});
/** As the engine sends a secret in its events (measured at 3.255.0). */
const WIRE_SECRET = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "[secret]",
};

describe("drift observations", () => {
  it("puts the refresh and the plan of a resource together", () => {
    const [one, ...others] = observationsOf([
      step("refresh", { old: state({ a: 1 }), new: state({ a: 2 }), detailedDiff: { a: {} } }),
      step("update", { old: state({ a: 2 }), new: state({ a: 3 }), detailedDiff: { "m.x[0]": {} } }),
      step("refresh", { type: "aws:s3/bucket:Bucket", urn: "urn:other" }),
    ]);
    deepEqual(others, []);
    deepEqual(
      [one?.name, one?.recorded?.inputs, one?.live?.inputs, one?.planned?.inputs, one?.outside, one?.program],
      ["ann", { a: 1 }, { a: 2 }, { a: 3 }, [["a"]], [["m", "x", "0"]]],
    );
  });

  it("takes null for what a refresh has not found, and a deletion for nothing wanted", () => {
    const [gone] = observationsOf([step("refresh", { old: state({}), new: null })]);
    deepEqual([gone?.live, gone?.planned], [undefined, undefined]);
    const [deleted] = observationsOf([
      step("refresh", { old: state({}), new: state({}) }),
      step("delete", { old: state({}), new: null }),
    ]);
    deepEqual([deleted?.op, deleted?.planned], ["delete", undefined]);
  });

  it("takes a replacement for the whole of its halves", () => {
    const [one] = observationsOf([
      step("refresh", { old: state({ a: 1 }), new: state({ a: 1 }) }),
      step("create-replacement", { new: state({ a: 2 }) }),
      step("replace", { old: state({ a: 1 }), new: state({ a: 2 }), detailedDiff: { a: {} } }),
      step("delete-replaced", { old: state({ a: 1 }) }),
    ]);
    deepEqual([one?.op, one?.planned?.inputs], ["replace", { a: 2 }]);
  });

  const URN = `urn:pulumi:test::project::${TYPE}::ann`;
  const OLD_URN = `urn:pulumi:test::project::${TYPE}::old`;
  const held = (more = {}) => ({ urn: URN, ...state({}), ...more });
  const refresh = (more = {}, urn = URN) =>
    step("refresh", { urn, old: held({ urn, ...more }), new: held({ urn, ...more }) });
  const fate = ({ op, name, live, planned: wanted, isReplaced, isReleased }: Observation) => [
    op,
    name,
    live?.id,
    wanted?.id,
    ...(isReplaced ? ["replaced"] : []),
    ...(isReleased ? ["released"] : []),
  ];
  const fates = (...steps: EngineStep[]) => observationsOf(steps).map(fate);

  it("joins what an alias gives another URN, whichever of its steps has which", () => {
    const planned = step("update", { old: held({ urn: OLD_URN }), new: held() });
    deepEqual(fates(refresh({}, OLD_URN), planned), [["update", "ann", "MB1", "MB1"]]);
  });

  it("tells two apart that have one URN, of which one is yet to be deleted", () => {
    const [old, present] = [{ id: "MB0", delete: true }, {}];
    const steps = [refresh(old), refresh(present), step("same", { old: held(), new: held() })];
    deepEqual(fates(...steps, step("delete-replaced", { old: held(old), new: null })), [
      [undefined, "ann", "MB0", undefined],
      ["same", "ann", "MB1", "MB1"],
    ]);
  });

  it("says what stays at Twilio when the stack lets go of it", () => {
    const retained = { retainOnDelete: true };
    const gone = step("delete", { old: held(retained), new: null });
    deepEqual(fates(refresh(retained), gone), [["delete", "ann", "MB1", undefined, "released"]]);
    const replaced = step("replace", { old: held(retained), new: held({ id: "", ...retained }) });
    deepEqual(fates(refresh(retained), replaced), [["replace", "ann", "MB1", "", "replaced", "released"]]);
    const read = step("read", { old: held(), new: held({ external: true }) });
    deepEqual(fates(refresh(), read), [["delete", "ann", "MB1", undefined, "released"]]);
  });

  it("has nothing of a get that is taken out, and a creation where one becomes the stack's own", () => {
    const external = { external: true };
    const discard = step("discard", { old: held(external), new: null });
    deepEqual(fates(refresh(external), discard), []);
    const made = held({ id: "" });
    const steps = ["create-replacement", "replace"].map((op) => step(op, { old: held(external), new: made }));
    const discarded = step("discard-replaced", { old: held(external), new: null });
    deepEqual(fates(refresh(external), ...steps, discarded), [["create", "ann", undefined, ""]]);
    // A CLI that does not tell yet what is only read.
    deepEqual(fates(refresh(), ...steps, discarded), [["create", "ann", undefined, ""]]);
  });

  it("has a deletion where a get of another object takes the place of what the stack held", () => {
    const read = held({ id: "MB2", external: true });
    const steps = ["read-replacement", "replace"].map((op) => step(op, { old: held(), new: read }));
    const deleted = step("delete-replaced", { old: held(), new: null });
    deepEqual(fates(refresh(), ...steps, deleted), [["delete", "ann", "MB1", undefined]]);
  });

  it("leaves out what a program only reads", () =>
    deepEqual(
      observationsOf([
        step("refresh", { old: state({}), new: state({}) }),
        step("read", { old: state({}), new: state({}) }),
      ]),
      [],
    ));

  it("keeps no secret and no mark of the wire", () => {
    const values = shown({ a: WIRE_SECRET, b: ["[secret]", UNKNOWN], c: { d: WIRE_SECRET } });
    deepEqual(values, { a: SECRET, b: [SECRET, LATER], c: { d: SECRET } });
    doesNotMatch(JSON.stringify(values), /4dabf|ciphertext/);
  });

  const paths: [string, string[], string][] = [
    ["attributes.team", ["attributes", "team"], "attributes.team"],
    [
      'members["undeclared:MB1"].roleSid',
      ["members", "undeclared:MB1", "roleSid"],
      'members["undeclared:MB1"].roleSid',
    ],
    ["permissions[1]", ["permissions", "1"], "permissions.1"],
    ['a["b\\"c.d"]', ["a", 'b"c.d'], 'a["b\\"c.d"]'],
    // The engine escapes quotation marks, and nothing else.
    ['a["C:\\temp\\\\"x"].b', ["a", 'C:\\temp\\"x', "b"], 'a["C:\\\\temp\\\\\\"x"].b'],
  ];
  for (const [path, parts, text] of paths)
    it(`reads and writes the path ${path}`, () => {
      deepEqual(partsOf(path), parts);
      deepEqual(pathText(parts), text);
    });
});
