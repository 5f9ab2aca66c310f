/**
 * What steers a terminal, or turns the order of what stands beside it: controls but a new line and a tab, marks of
 * direction and form, and separators of lines.
 */
const STEERING = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu;
/** The same, with what is no character, and with what makes another line or column of a table. */
const STEERING_IN_LINE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The text with escapes in place of what steers. JSON text stays JSON and keeps its meaning. */
export function printable(text: string): string {
  return text.replaceAll(STEERING, escapes);
}

/** The same in one line. */
export function printableLine(text: string): string {
  return text.replaceAll(STEERING_IN_LINE, escapes);
}

/** As JSON escapes it: each half of a pair by itself. */
function escapes(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
