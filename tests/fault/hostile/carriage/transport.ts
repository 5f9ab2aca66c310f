import { deepEqual, equal, ok } from "node:assert/strict";
import { createRequire } from "node:module";
import type { JsonObject } from "../../../../provider/core/json";
import { UNKNOWNS } from "./hostile-values";

interface Struct {
  serializeBinary(): Uint8Array;
  toJavaScript(): JsonObject;
}
interface Rpc {
  serializeProperties(label: string, properties: object): Promise<JsonObject>;
  deserializeProperties(struct: Struct, keepUnknowns: boolean): JsonObject;
}

// As the SDK itself finds them.
const load = createRequire(require.resolve("@pulumi/pulumi"));
const { Struct } = load("google-protobuf/google/protobuf/struct_pb.js") as {
  Struct: { fromJavaScript(value: object): Struct; deserializeBinary(bytes: Uint8Array): Struct };
};
const rpc = load("@pulumi/pulumi/runtime/rpc.js") as Rpc;

/**
 * Sends the properties of a resource as the plugin does, by the SDK's own code, and asserts that they arrive: as bytes,
 * in the engine, which alone refuses what is no UTF-8 and knows the other unknowns, and in the program.
 */
export function assertCarried(properties: JsonObject, what: string): void {
  const struct = Struct.deserializeBinary(Struct.fromJavaScript(properties).serializeBinary());
  deepEqual(struct.toJavaScript(), properties, what);
  deepEqual(rpc.deserializeProperties(struct, true), properties, what);
  assertInEngine(properties, what);
}

/** The same on the way in: as the SDK sends what a program declares. */
export async function assertSent(properties: JsonObject, what: string): Promise<void> {
  const sent = await rpc.serializeProperties(what, properties);
  deepEqual(sent, properties, what);
  assertCarried(sent, what);
}

function assertInEngine(value: unknown, what: string): void {
  if (typeof value === "string") {
    equal(Buffer.from(value).toString(), value, `${what}: no UTF-8`);
    ok(!UNKNOWNS.includes(value), `${what}: an unknown`);
  } else if (Array.isArray(value)) for (const item of value) assertInEngine(item, what);
  else if (typeof value === "object" && value !== null)
    for (const [key, member] of Object.entries(value)) {
      equal(Buffer.from(key).toString(), key, `${what}: a name that is no UTF-8`);
      // The path of a change cannot name it.
      ok(key !== "", `${what}: an empty name`);
      ok(key !== "4dabf18193072939515e22adb298388d", `${what}: a signature`);
      assertInEngine(member, what);
    }
}
