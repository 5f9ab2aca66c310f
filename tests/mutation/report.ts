import type { Verdict } from "./verdicts";

/** How many of the changes were noticed, by the folder and by the kind of change. */
export function report(verdicts: readonly Verdict[]): string {
  return [
    ...table("where", verdicts, ({ mutant }) => folderOf(mutant.file)),
    "",
    ...table("change", verdicts, ({ mutant }) => mutant.kind),
  ].join("\n");
}

function folderOf(file: string): string {
  const [top = "", next = ""] = file.split("/");
  return next.endsWith(".ts") ? top : `${top}/${next}`;
}

function table(title: string, verdicts: readonly Verdict[], groupOf: (verdict: Verdict) => string): string[] {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts)
    groups.set(groupOf(verdict), [...(groups.get(groupOf(verdict)) ?? []), verdict]);
  const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `| ${title} | changes | noticed | survived | not reached |`,
    "| --- | --- | --- | --- | --- |",
    ...[...rows, ["all", verdicts] as const].map(([name, group]) => row(name, group)),
  ];
}

function row(name: string, verdicts: readonly Verdict[]): string {
  const noticed = verdicts.filter(({ noticedBy }) => noticedBy !== undefined).length;
  const notReached = verdicts.filter(({ isReached }) => !isReached).length;
  const share = `${((100 * noticed) / verdicts.length).toFixed(1)} %`;
  return `| ${name} | ${verdicts.length} | ${share} | ${verdicts.length - noticed - notReached} | ${notReached} |`;
}
