import { constants } from "node:buffer";
import * as zlib from "node:zlib";

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

type Compression = "none" | "gzip" | "zstd";

/** A longer text cannot exist, and a few megabytes can unpack to more than any memory. */
const READABLE = { maxOutputLength: constants.MAX_STRING_LENGTH };

/** Detects the compression by its first bytes, as Pulumi does (PULUMI_DIY_BACKEND_GZIP, PULUMI_DIY_BACKEND_ZSTD). */
function compressionOf(bytes: Buffer): Compression {
  if (bytes.subarray(0, GZIP.length).equals(GZIP)) return "gzip";
  return bytes.subarray(0, ZSTD.length).equals(ZSTD) ? "zstd" : "none";
}

/** Covers gzip only: of truncated zstd Node returns the beginning (seen at 22.23.3), which ends amid the JSON. */
export function isCutShort(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "Z_BUF_ERROR";
}

export function decompressed(bytes: Buffer): Buffer {
  const compression = compressionOf(bytes);
  if (compression === "gzip") return zlib.gunzipSync(bytes, READABLE);
  return compression === "zstd" ? withZstd().zstdDecompressSync(bytes, READABLE) : bytes;
}

export function compressedLike(bytes: Buffer, text: Buffer): Buffer {
  const compression = compressionOf(bytes);
  if (compression === "gzip") return zlib.gzipSync(text);
  return compression === "zstd" ? withZstd().zstdCompressSync(text) : text;
}

function withZstd(): typeof zlib {
  if (typeof zlib.zstdDecompressSync === "function") return zlib;
  throw new Error(
    `it is compressed with zstd, for which Node ${process.versions.node} is too old. Run this with Node 22.15 or newer`,
  );
}
