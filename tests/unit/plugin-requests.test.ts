import { deepEqual, equal, ok } from "node:assert/strict";
import "../../provider/plugin/dynamic/compact-updates";

/** Typed here: the SDK's own types of it leave out the classes that it comes with. */
interface Struct {
  toJavaScript(): object;
}
type Part = "Olds" | "News" | "OldInputs";
type Request = Record<`get${Part}`, () => Struct | undefined> &
  Record<`set${Part}`, (part?: Struct) => Request> &
  Record<`has${Part}`, () => boolean> & { serializeBinary(): Uint8Array };

const { UpdateRequest } = require("@pulumi/pulumi/proto/provider_pb.js");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb.js");

const state = { sids: { a: "MB1" }, written: { a: '{"identity":"a"}' }, list: [1, null, true, "ü"] };
const inputs = { members: { a: { identity: "a", attributes: { deep: [{ er: -1.5 }] } } } };
const struct = (value: object): Struct => Struct.fromJavaScript(value);
/** As the plugin gets it. */
const received = (sent: Request): Request => UpdateRequest.deserializeBinary(sent.serializeBinary());
const sent = (): Request =>
  new UpdateRequest().setOlds(struct(state)).setNews(struct(inputs)).setOldInputs(struct(inputs));

/** Whether an object of the class can be reached through properties. */
function holds(value: unknown, kind: new () => object, seen = new Set<unknown>()): boolean {
  if (typeof value !== "object" || value === null || seen.has(value)) return false;
  seen.add(value);
  return value instanceof kind || Object.values(value).some((one) => holds(one, kind, seen));
}

describe("An update's request, in the plugin", () => {
  it("says what it was sent with, however often it is asked", () => {
    const request = received(sent());
    for (const _time of [1, 2]) {
      deepEqual(request.getOlds()?.toJavaScript(), state);
      deepEqual(request.getNews()?.toJavaScript(), inputs);
      deepEqual(request.getOldInputs()?.toJavaScript(), inputs);
    }
    ok(request.getOlds() instanceof Struct);
    deepEqual(received(request).getNews()?.toJavaScript(), inputs);
  });

  it("holds no message of a part, asked or not", () => {
    const request = received(sent());
    equal(holds(request, Struct), false);
    request.getOlds();
    equal(holds(request, Struct), false);
    // What it would hold otherwise.
    equal(holds({ part: struct(state) }, Struct), true);
  });

  it("has no part that it was sent without", () => {
    const request = received(new UpdateRequest().setNews(struct({})));
    deepEqual([request.hasOlds(), request.hasNews(), request.hasOldInputs()], [false, true, false]);
    equal(request.getOlds(), undefined);
    deepEqual(request.getNews()?.toJavaScript(), {});
    equal(request.setNews(undefined).hasNews(), false);
  });
});
