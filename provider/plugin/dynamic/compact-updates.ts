/** A message of the SDK's, of a class that can make it of bytes. */
interface Message {
  readonly constructor: { deserializeBinary(bytes: Uint8Array): Message };
  serializeBinary(): Uint8Array;
}

/** What an update is sent with: each a copy of all that the resource has. */
const PARTS = ["Olds", "News", "OldInputs"] as const;

keepUpdatesAsBytes();

/**
 * The SDK holds the request of a call until the call has ended, with several objects for each single value (3.216.0 to
 * 3.255.0): of rosters, which are updated side by side, hundreds of bytes for each value of each member until the last
 * one is written. So the parts of an update are kept as the bytes that they came as. Whoever asks for one gets an equal
 * message, which he may let go; the SDK asks once. Measured with `npm run bench`: docs/performance.md has the figures.
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

/** Undefined with an SDK that has none where it is looked for: that one holds what it holds. */
function updateRequest(): Record<string, unknown> | undefined {
  try {
    const { UpdateRequest } = require("@pulumi/pulumi/proto/provider_pb.js");
    return UpdateRequest?.prototype;
  } catch {
    return undefined;
  }
}
