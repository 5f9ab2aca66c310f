import type { Node } from "jsonc-parser";
import { spellingHint } from "../core/definition/did-you-mean";
import { type Json, type JsonObject, tooDeepAt } from "../core/json";
import type { Problem } from "../core/problem";
import { type Entry, MEMBER_FIELDS, type Parsed, problemOf, type Spot, shownName } from "./entry";
import { type Document, jsonDocument, type Property, propertiesOf, repeatedNames } from "./json-document";
import type { FileProblem } from "./members-file-error";
import { lineAt, lineStarts } from "./source-text";

/** A value that should be a member. */
interface Item {
  readonly node: Node;
  /** Where it begins, including a label before it. */
  readonly offset: number;
  readonly path: string;
  /** Its key in an object of members. */
  readonly label: string | undefined;
}

/** The members of a JSON file: an object by labels, or an array. */
export function jsonMembers(bytes: Buffer): Parsed {
  const text = bytes.toString("utf8");
  const deepAt = tooDeepAt(text, MAX_LEVELS);
  if (deepAt !== undefined)
    return { entries: [], problems: [{ line: lineAt(lineStarts(text), deepAt), text: TOO_DEEP }] };
  const document = jsonDocument(text);
  const { root, soundEnd, problems } = document;
  if (root?.type !== "object" && root?.type !== "array")
    return { entries: [], problems: problems.length > 0 ? problems : [{ line: 1, text: NO_MEMBERS }] };
  const items = itemsOf(root).filter(({ node: { offset, length } }) => offset + length < soundEnd);
  const members = items.map((item) => memberOf(document, item));
  return {
    entries: members.flatMap(({ entry }) => (entry === undefined ? [] : [entry])),
    problems: [...problems, ...members.flatMap((member) => member.problems)],
  };
}

const NO_MEMBERS =
  "is neither an object nor an array. Give an object of members by their labels, or an array of them.";

/** The parser recurses for each level; the stack holds some 2,500 (measured on Node 22). */
const MAX_LEVELS = 1_500;
const TOO_DEEP = "holds JSON that is nested too deep to be read. Nest it less.";

function itemsOf(root: Node): Item[] {
  if (root.type === "array")
    return (root.children ?? []).map((node, at) => ({
      node,
      offset: node.offset,
      path: `[${at}]`,
      label: undefined,
    }));
  return propertiesOf(root).map(({ name, offset, node }) => ({
    node,
    offset,
    path: shownName(name),
    label: name,
  }));
}

function memberOf(document: Document, item: Item): { entry?: Entry; problems: FileProblem[] } {
  const { node, path, offset } = item;
  if (node.type !== "object") {
    const text = `${path}: is no object. Give a member as {"identity": "alice"}.`;
    return { problems: [{ line: document.lineOf(offset), text }] };
  }
  const properties = propertiesOf(node);
  const ownNames = item.label === undefined ? ["label", "role"] : ["role"];
  const label = item.label ?? textOf(properties, "label");
  const whereIs = (within: string) => spotOf(document, item, within);
  const problems = [
    ...ownNames.flatMap((name) => noText(properties, name)),
    ...(label === "" ? [EMPTY_LABEL] : []),
  ];
  return {
    entry: { label, role: textOf(properties, "role"), fields: fieldsIn(document, properties), whereIs },
    problems: [
      ...unknownNames(document, path, properties, [...ownNames, ...MEMBER_FIELDS]),
      ...problems.map((problem) => problemOf({ whereIs }, problem)),
      ...repeatedNames(document, node, path),
    ],
  };
}

const EMPTY_LABEL: Problem = { path: "label", message: "must not be empty", hint: "Give the member a name." };

function textOf(properties: readonly Property[], wanted: string): string | undefined {
  const value: unknown = properties.find(({ name }) => name === wanted)?.node.value;
  return typeof value === "string" ? value : undefined;
}

/** The fields of a member. Attributes stay text, which keeps numbers that a double cannot hold. */
function fieldsIn({ text }: Document, properties: readonly Property[]): JsonObject {
  const known = properties.filter(({ name }) => MEMBER_FIELDS.includes(name));
  const values = known.map(({ name, node }): [string, Json] => {
    const source = text.slice(node.offset, node.offset + node.length);
    const isWritten = name === "attributes" && node.type !== "string" && node.type !== "null";
    return [name, isWritten ? source : (JSON.parse(source) as Json)];
  });
  return Object.fromEntries(values);
}

function unknownNames(
  { lineOf }: Document,
  path: string,
  properties: readonly Property[],
  offered: readonly string[],
): FileProblem[] {
  return properties
    .filter(({ name }) => !offered.includes(name))
    .map(({ name, offset }) => {
      const hint = spellingHint(name, offered, `It has ${offered.join(", ")}.`);
      const text = `${path}.${shownName(name)}: is not a property of a member. ${hint}`;
      return { line: lineOf(offset), text };
    });
}

function noText(properties: readonly Property[], wanted: string): Problem[] {
  const isOther = ({ name, node: { type } }: Property) =>
    name === wanted && type !== "string" && type !== "null";
  return properties.some(isOther)
    ? [{ path: wanted, message: "is no text", hint: "Give it in quotation marks." }]
    : [];
}

/** The location of a path in a member, as deep as the file has it. */
function spotOf({ lineOf }: Document, { node, offset, path }: Item, within: string): Spot {
  let [at, inner]: [number, Node | undefined] = [offset, node];
  for (const segment of within === "" ? [] : within.split(".")) {
    const found: Property | undefined = propertiesOf(inner).find(({ name }) => name === segment);
    if (found === undefined) break;
    [at, inner] = [found.offset, found.node];
  }
  return { line: lineOf(at), path: within === "" ? path : `${path}.${within}` };
}
