/** Characters that join with none: letters of these scripts, and marks of any. */
const plain = "\\p{sc=Latn}|\\p{sc=Grek}|\\p{sc=Cyrl}|\\p{sc=Hani}|\\p{Variation_Selector}|[\\u0300-\\u036F]";

/**
 * Invisible code points (Unicode, `Default_Ignorable_Code_Point`) without effect: not part of an emoji, of a variant of
 * a letter, or of a script whose letters they join or separate.
 */
export const unseen = new RegExp(
  [
    `(?<!\\p{Extended_Pictographic}|\\p{Emoji_Modifier}|\\uFE0F|(?!${plain})[\\p{L}\\p{M}])\\u200D`,
    "(?<=\\p{Extended_Pictographic}|\\p{Emoji_Modifier}|\\uFE0F)\\u200D(?!\\p{Extended_Pictographic})",
    `(?<!(?!${plain})[\\p{L}\\p{M}])\\u200C`,
    "(?<!\\p{Extended_Pictographic}|\\p{sc=Hani}|[0-9#*](?=\\uFE0F\\u20E3))[\\uFE0E\\uFE0F]",
    "(?<!\\p{sc=Hani})[\\uFE00-\\uFE0D\\u{E0100}-\\u{E01EF}]",
    "(?<!\\u{1F3F4}[\\u{E0020}-\\u{E007F}]*)[\\u{E0020}-\\u{E007F}]",
    "(?<!\\p{sc=Mong})[\\u180B-\\u180F]",
    "(?![\\u200C\\u200D\\uFE00-\\uFE0F\\u{E0020}-\\u{E007F}\\u{E0100}-\\u{E01EF}\\u180B-\\u180F])\\p{Default_Ignorable_Code_Point}",
  ].join("|"),
  "u",
);
