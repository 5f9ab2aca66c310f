import { grouped } from "../requests";
import { matching, type Result } from "../result";
import { KIND_NAMES, OPERATION_NAMES, OPERATIONS, STACK_KINDS } from "../setting";
import { table } from "./table";
import { megabytes } from "./unit";

/** Bytes of state and memory: of all operations and latencies, the most. */
export function sizeTable(results: readonly Result[]): string {
  const rows = sizesOf(results).map((members) => [
    grouped(members),
    ...STACK_KINDS.flatMap((kind) => {
      const all = matching(results, { kind, members });
      const bytes = all
        .filter(({ operation }) => operation !== "destroy")
        .map(({ stateBytesPerMember }) => stateBytesPerMember);
      const peaks = all.flatMap(({ providerPeakBytes }) => providerPeakBytes ?? []);
      return [
        bytes.length === 0 ? "–" : grouped(Math.max(...bytes)),
        megabytes(peaks.length === 0 ? undefined : Math.max(...peaks)),
      ];
    }),
  ]);
  if (rows.length === 0) return "";
  const heads = STACK_KINDS.flatMap((kind) => [
    `${KIND_NAMES[kind]}: bytes a member`,
    "memory of the provider",
  ]);
  return table(["members", ...heads], rows);
}

/** Where each request goes, for the most members that every form was measured with. */
export function requestTable(results: readonly Result[]): string {
  const measured = STACK_KINDS.map((kind) => matching(results, { kind })).filter(({ length }) => length > 0);
  const members = Math.max(
    ...sizesOf(results).filter((size) =>
      measured.every((all) => all.some(({ setting }) => setting.members === size)),
    ),
  );
  const rows = OPERATIONS.flatMap((operation) =>
    STACK_KINDS.flatMap((kind) => {
      const [result] = matching(results, { operation, kind, members });
      const counts = Object.entries(result?.requests ?? {});
      return counts.map(([request, count], at) => [
        ...(at === 0 ? [OPERATION_NAMES[operation], KIND_NAMES[kind]] : ["", ""]),
        `\`${request}\``,
        grouped(count),
      ]);
    }),
  );
  if (rows.length === 0) return "";
  return `Of ${grouped(members)} members.\n\n${table(["operation", "", "request", "how many"], rows)}`;
}

function sizesOf(results: readonly Result[]): number[] {
  const sizes = STACK_KINDS.flatMap((kind) => matching(results, { kind })).map(
    ({ setting }) => setting.members,
  );
  return [...new Set(sizes)].sort((one, other) => one - other);
}
