/** What pasting, quoting and files leave on a credential, in the order in which it is told. */
const FLAWS: readonly (readonly [pattern: RegExp, flaw: string])[] = [
  [/[\r\n]$/, "ends with a line break"],
  [/^[\r\n]/, "begins with a line break"],
  [/[\r\n]/, "holds a line break"],
  [/(?!\t)[\p{Cc}\p{Cf}]/u, "holds an invisible character"],
  [/^\s/, "begins with a blank"],
  [/\s$/, "ends with a blank"],
  [/\s/, "holds a blank"],
  [/^["'`]|["'`]$/, "begins or ends with a quotation mark"],
  [/[^!-~]/, "holds a character beyond ASCII"],
];

/** What keeps a text from being a credential of any kind. Nothing of it is shown. */
export function credentialFlaw(text: string): string | undefined {
  if (text.trim() === "") return "is blank. Set it, or unset it.";
  const flaw = FLAWS.find(([pattern]) => pattern.test(text))?.[1];
  return flaw && `${flaw}, which is no part of it. Set it again without.`;
}
