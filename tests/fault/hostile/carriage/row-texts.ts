import { isObject, type Json } from "../../../../provider/core/json";

export type Path = readonly (string | number)[];

/** Where a row holds a text that somebody else can choose. */
export function textsIn(value: Json | undefined, path: Path = []): Path[] {
  if (typeof value === "string") return isChosen(path) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item, at) => textsIn(item, [...path, at]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => textsIn(member, [...path, key]));
}

/** No SID, address of the API or date, nor one of the words that Twilio alone writes. */
function isChosen(path: Path): boolean {
  const names = path.filter((part): part is string => typeof part === "string");
  const [name = ""] = names.slice(-1);
  const isTwilios = /(^|_)(sid|url|type|state|target|method|level|delivery|timer)$|^date_|timestamp|country/;
  return names[0] !== "links" && (!isTwilios.test(name) || /(hook_url|configuration)/.test(names.join(".")));
}

export function withText(value: Json | undefined, [part, ...rest]: Path, text: string): Json {
  if (part === undefined) return text;
  if (Array.isArray(value)) return value.map((item, at) => (at === part ? withText(item, rest, text) : item));
  const members = isObject(value) ? value : {};
  return { ...members, [part]: withText(members[part], rest, text) };
}
