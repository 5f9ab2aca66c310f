import { printableLine } from "../../../http/redaction/printable";

/** Text as HTML and SVG take it, in content and in quoted attributes. */
export function escaped(text: string): string {
  return printableLine(text).replaceAll(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
