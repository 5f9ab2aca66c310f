import { deepEqual, equal, match, throws } from "node:assert/strict";
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { FOREIGN, judge, withoutPending } from "../../../../provider/cli/recover/checkpoint";
import { decompressed } from "../../../../provider/cli/recover/compression";
import { isSoak } from "../../../support/soak";
import { state, stateText, URN } from "./states";

const PACKED: [string, (text: Buffer) => Buffer, (bytes: Buffer) => Buffer][] = [
  ["plain", (text) => text, (bytes) => bytes],
  ["gzip", (text) => gzipSync(text), (bytes) => gunzipSync(bytes)],
  ["zstd", (text) => zstdCompressSync(text), (bytes) => zstdDecompressSync(bytes)],
];

describe("recover: the judgement on a state", () => {
  for (const [form, pack] of PACKED) {
    it(`reads a complete one: ${form}`, () =>
      deepEqual(judge(pack(state({ resources: 2, pending: [{ type: "creating" }] }))), {
        checkpoint: {
          resources: 2,
          pending: [{ type: "creating", urn: URN, resourceType: "pulumi-nodejs:dynamic/twilio:Participant" }],
          recordedMs: Date.parse("2026-11-23T10:00:00Z"),
        },
      }));

    it(`takes none that is cut, wherever it is: ${form}`, () => {
      const whole = pack(state({ resources: 2 }));
      // zstd keeps its checksum at the very end, and Pulumi writes none.
      for (let length = 1; length < whole.length; length += 1) {
        const { checkpoint } = judge(whole.subarray(0, length));
        equal(checkpoint, undefined, `${length} of ${whole.length} bytes`);
      }
    });
  }

  it("knows an empty one: no bytes, or the zeros that a power failure leaves", () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(4096), Buffer.from("\n")])
      deepEqual(judge(bytes), { broken: "is empty" });
  });

  it("reads a stack that has never been up", () => {
    const nulls = '{"manifest":null,"resources":null,"pending_operations":null}';
    for (const latest of ["null", nulls, '{"manifest":{"time":"0001-01-01T00:00:00Z"}}'])
      deepEqual(judge(Buffer.from(`{"version":3,"checkpoint":{"stack":"dev","latest":${latest}}}`)), {
        checkpoint: { resources: 0, pending: [] },
      });
  });

  it("does not take what cannot be read for broken", () => {
    const corrupt = gzipSync(state({ resources: 2 }));
    corrupt.fill(0xff, 40, 60);
    const { broken, unreadable } = judge(corrupt);
    deepEqual([broken, unreadable?.startsWith("cannot be read here: ")], [undefined, true]);
  });

  it("does not take for broken what is complete in another encoding or compression", () => {
    const whole = stateText({ resources: 2 });
    for (const bytes of [
      Buffer.from(`\ufeff${whole}`),
      Buffer.from(`\ufeff${whole}`, "utf16le"),
      gzipSync(Buffer.from(`\ufeff${whole}`)),
      Buffer.concat([Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), gzipSync(whole)]),
      Buffer.concat([Buffer.from([0x04, 0x22, 0x4d, 0x18]), gzipSync(whole)]),
    ])
      match(judge(bytes).unreadable ?? "", /^does not begin like JSON/);
    // A power failure can leave a part of the zeros.
    deepEqual(judge(Buffer.concat([Buffer.alloc(10), Buffer.from("}")])), {
      broken: "is cut short or damaged",
    });
  });

  // More than a string can hold: it takes seconds and a gigabyte.
  if (isSoak)
    it("does not take a state of 520 MiB for broken", () => {
      const blank = gzipSync(Buffer.alloc(40 * 2 ** 20, " "));
      const long = Buffer.concat([...Array.from({ length: 13 }, () => blank), gzipSync(state())]);
      throws(() => decompressed(long), { code: "ERR_BUFFER_TOO_LARGE" });
      match(judge(long).unreadable ?? "", /^cannot be read here: it is longer than Node \S+ can hold$/);
    });

  it("does not take another format for a broken state", () => {
    const latest = (parts: string) => `{"version":9,"checkpoint":{"latest":{${parts}}}}`;
    for (const text of [
      "null",
      "[]",
      '"x"',
      "{}",
      '{"version":3}',
      '{"version":3,"checkpoint":null}',
      ...['"resources":5', '"resources":[null]', '"resources":[{"id":1}]', '"pending_operations":[null]'].map(
        latest,
      ),
    ])
      equal(judge(Buffer.from(text)).unreadable, FOREIGN, text);
  });
});

describe("recover: a state without its pending operations", () => {
  const pending = [{ type: "creating" }, { type: "updating" }];

  for (const [form, pack, unpack] of PACKED)
    it(`is the same in all else, in the same form: ${form}`, () => {
      const bytes = withoutPending(pack(state({ resources: 3, pending })), () => true);
      equal(unpack(bytes).toString(), stateText({ resources: 3 }));
    });

  it("is refused where it is nested too deep to be written, with the way out", () => {
    const deep = "[".repeat(50_000) + "]".repeat(50_000);
    const text = stateText({ pending }).replace('"metadata":{}', `"metadata":${deep}`);
    throws(
      () => withoutPending(Buffer.from(text), () => true),
      /nested too deep.*Nothing was done.*pulumi refresh/,
    );
  });

  it("keeps those that are not to be dropped", () => {
    const left = withoutPending(state({ pending }), ({ type }) => type === "creating");
    deepEqual(
      judge(left).checkpoint?.pending.map(({ type }) => type),
      ["updating"],
    );
  });
});
