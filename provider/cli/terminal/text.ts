/** A number with its noun: `1 warning`, `2 warnings`. */
export function counted(count: number, noun: string, several = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`;
}

/** A non-empty text. */
export function filledText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** At most 90 characters on one line, whatever characters Twilio's names hold. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, 90)
    .trim();
}

/** A text as one word of a shell command, quoted if needed. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text);
}

/** In single quotes, a shell treats only the quote itself specially. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The words of a camel-case name, joined. */
export function separated(name: string, joint: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, joint);
}

/** Changes every text in a JSON value, member names included. Changing the serialised text could break the JSON. */
export function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => withTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [change(name), withTexts(member, change)]),
  );
}

export function kebab(type: string): string {
  return separated(type, "-").toLowerCase();
}
