/** The rows of a soak's figures, one JSON object a line. A figure of a file in which a test failed is no measurement. */
export function tableOf(lines) {
  const noted = lines
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const failed = new Set(noted.flatMap((note) => note.failed ?? []));
  return noted
    .filter(({ claim }) => claim !== undefined)
    .map(({ claim, figure, by }) => `| ${claim} | ${failed.has(by) ? "FAILED, so not measured" : figure} |`);
}
