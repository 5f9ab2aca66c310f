/**
 * Characters that steer a terminal or reorder text beside them: control characters except new line and tab, marks of
 * direction and format, and line separators.
 */
const STEERING = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu;
/** The same, plus lone surrogates, and the new lines and tabs that would break a table. */
const STEERING_IN_LINE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Escapes steering characters. JSON text stays JSON with the same meaning. */
export function printable(text: string): string {
  return text.replaceAll(STEERING, escapes);
}

/** The same for a single line. */
export function printableLine(text: string): string {
  return text.replaceAll(STEERING_IN_LINE, escapes);
}

/** Escapes as JSON does: each half of a surrogate pair by itself. */
function escapes(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
