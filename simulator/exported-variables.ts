/** Environment variables as `export` lines for a POSIX shell, quoted where needed. */
export function exportedVariables(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}=${quoted(value)}`)
    .join("\n");
}

/** A data file may give an account any token. */
function quoted(value: string): string {
  return /^[\w.:/[\]-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
