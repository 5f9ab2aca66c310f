/** A protobuf message of the SDK, whose class can parse it from bytes. */
interface Message {
  readonly constructor: { deserializeBinary(bytes: Uint8Array): Message };
  serializeBinary(): Uint8Array;
}

/** The parts of an update request, each a copy of all values of the resource. */
const PARTS = ["Olds", "News", "OldInputs"] as const;

keepUpdatesAsBytes();

/**
 * Keeps the parts of an update as the bytes in which they came. The SDK holds a call's request until the call ends,
 * with several objects for each value (3.216.0 to 3.255.0). Rosters are updated concurrently, which costs hundreds of
 * bytes for each value of each member until the last one is written. A getter returns an equal message that the caller
 * may drop; the SDK calls it once. Measured with `npm run bench`: docs/performance.md has the figures.
 */
function keepUpdatesAsBytes(): void {
  const prototype = updateRequest();
  for (const part of PARTS) {
    if (typeof prototype?.[`get${part}`] !== "function") continue;
    const kept = new WeakMap<object, { bytes: Uint8Array; of: Message["constructor"] }>();
    Object.assign(prototype, {
      [`set${part}`](this: object, message?: Message) {
        if (message === undefined) kept.delete(this);
        else kept.set(this, { bytes: message.serializeBinary(), of: message.constructor });
        return this;
      },
      [`get${part}`](this: object) {
        const { bytes, of } = kept.get(this) ?? {};
        return bytes && of?.deserializeBinary(bytes);
      },
      [`has${part}`](this: object) {
        return kept.has(this);
      },
    });
  }
}

/** Undefined if the SDK does not have it at this path: then its memory use stays as it is. */
function updateRequest(): Record<string, unknown> | undefined {
  try {
    const { UpdateRequest } = require("@pulumi/pulumi/proto/provider_pb.js");
    return UpdateRequest?.prototype;
  } catch {
    return undefined;
  }
}
