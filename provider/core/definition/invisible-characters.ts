/**
 * Characters that are invisible in a preview and come with copied text: of no width, or marks of direction. Parts of an
 * emoji or of a letter's form are visible.
 */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/** Letters that are never joined, and marks that belong to any letter. */
const UNJOINED =
  "\\p{Script=Latin}|\\p{Script=Greek}|\\p{Script=Cyrillic}|\\p{Script=Han}|\\p{Variation_Selector}|[\\u0300-\\u036F]";

const SEEN = new RegExp(
  [
    // 👩‍💻 is two emoji and a joiner; ❤️ and 1️⃣ have a variation selector; 🏴󠁧󠁢󠁥󠁮󠁧󠁿 is a flag and tags.
    "(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\\u200D(?=\\p{Extended_Pictographic})",
    "(?<=\\p{Extended_Pictographic})[\\uFE0E\\uFE0F]",
    "(?<=[0-9#*])\\uFE0F(?=\\u20E3)",
    "(?<=\\u{1F3F4})[\\u{E0020}-\\u{E007F}]+",
    // Han and Mongolian letters have variants, and the letters of some scripts are joined or kept apart by these.
    "(?<=\\p{Script=Han})[\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}]",
    "(?<=\\p{Script=Mongolian})[\\u180B-\\u180F]",
    `(?<=(?!${UNJOINED})[\\p{L}\\p{M}])[\\u200C\\u200D]`,
  ].join("|"),
  "gu",
);

/** The text without invisible characters, even those within an emoji or a letter's form. */
export function withoutInvisible(text: string): string {
  return text.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, "");
}

/** The first invisible character of a text, as `U+200B`. */
export function invisibleIn(text: string): string | undefined {
  if (!INVISIBLE.test(text)) return undefined;
  const found = INVISIBLE.exec(text.replaceAll(SEEN, ""))?.[0];
  return found === undefined ? undefined : codePoint(found);
}

/** The problem of a text with an invisible character. */
export function invisibleFinding(text: string): { message: string; hint: string } | undefined {
  const found = invisibleIn(text);
  return found === undefined
    ? undefined
    : { message: `holds an invisible character (${found})`, hint: "Remove it. It comes along with a copy." };
}

export function codePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `U+${hex.padStart(4, "0")}`;
}
