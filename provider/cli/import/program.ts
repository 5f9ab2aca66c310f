import { oneLine } from "../terminal/text";
import type { Declaration } from "./declaration";
import {
  Expression,
  expanded,
  flatLiteral,
  LINE_WIDTH,
  templateText,
  textLiteral,
  type Value,
  type Values,
  width,
} from "./literal";

/** Members of one conversation, each a resource of its own. */
export interface MembersLoop {
  readonly variable: string;
  /** The variable that holds the resources; undefined where nothing depends on them. */
  readonly resources: string | undefined;
  readonly members: Values;
  /** The resource name of the conversation. */
  readonly prefix: string;
  /** Arguments that all members share. */
  readonly shared: Values;
}

/** A look-up function's result for these arguments, or an expression on a result without arguments. */
export type Constant = readonly [name: string, lookUp: string, args: Values | string];

export interface Section {
  readonly title: string;
  readonly constants?: readonly Constant[];
  readonly declarations: readonly Declaration[];
  readonly loop?: MembersLoop;
  /** Declarations that depend on the loop. */
  readonly after?: readonly Declaration[];
}

export interface Program {
  /** Values from the stack's config: variable and key. */
  readonly secrets: readonly (readonly [variable: string, key: string])[];
  readonly sections: readonly Section[];
}

/** The program as TypeScript, in the formatter's layout. */
export function programText({ secrets, sections }: Program): string {
  const filled = sections.filter(
    ({ declarations, loop, constants = [] }) =>
      declarations.length > 0 || loop !== undefined || constants.length > 0,
  );
  const body = filled.map(sectionText);
  const uses = [
    ...new Set([
      ...filled.flatMap(({ declarations, after = [] }) =>
        [...declarations, ...after].map(({ type }) => type),
      ),
      ...filled.flatMap(({ loop }) => (loop ? ["Participant", "type RosterMemberArgs"] : [])),
      ...filled.flatMap(({ constants = [] }) => constants.map(([, lookUp]) => lookUp)),
    ]),
  ].sort((left, right) => compare(sortKey(left), sortKey(right)));
  const config =
    secrets.length === 0
      ? []
      : [["const config = new pulumi.Config();", ...secrets.map(secretText)].join("\n")];
  const imports = [
    ...(secrets.length > 0 ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
    importText(uses),
  ].join("\n");
  return `${[imports, ...config, ...body].join("\n\n")}\n`;
}

function secretText([variable, key]: readonly [string, string]): string {
  const [start, argument] = [`const ${variable} = config.requireSecret(`, textLiteral(key)];
  const line = `${start}${argument});`;
  return width(line) <= LINE_WIDTH ? line : `${start}\n  ${argument},\n);`;
}

function sortKey(name: string): string {
  return name.replace(/^type /, "");
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function importText(names: readonly string[]): string {
  const from = 'from "pulumi-twilio-conversations";';
  const flat = `import { ${names.join(", ")} } ${from}`;
  return flat.length <= LINE_WIDTH
    ? flat
    : `import {\n${names.map((name) => `  ${name},\n`).join("")}} ${from}`;
}

function sectionText({ title, constants = [], declarations, loop, after = [] }: Section): string {
  const blocks = [
    ...constants.map(constantText),
    ...declarations.map(declarationText),
    ...(loop === undefined ? [] : [loopText(loop)]),
    ...after.map(declarationText),
  ];
  return [`// ${oneLine(title)}`, blocks.join("\n\n")].join("\n");
}

function constantText([name, lookUp, args]: Constant): string {
  if (typeof args === "string") return `const ${name} = ${lookUp}()${args};`;
  const line = `const ${name} = ${lookUp}(${flatLiteral(args)});`;
  return width(line) <= LINE_WIDTH ? line : `const ${name} = ${lookUp}(${expanded(args, 0)});`;
}

function declarationText(declaration: Declaration): string {
  const { type, name, variable, args, options, comment } = declaration;
  const start = variable === undefined ? "" : `const ${variable} = `;
  const call = callText(`${start}new ${type}(`, textLiteral(name), args, options);
  const comments = comment?.split("\n").map((line) => `// ${oneLine(line)}\n`) ?? [];
  return `${comments.join("")}${call}`;
}

function callText(head: string, name: string, args: Values, options: Values | undefined, indent = 0): string {
  const pad = " ".repeat(indent);
  const parts = [args, ...(options === undefined ? [] : [options])];
  const flats = parts.map(flatLiteral);
  if (!flats.includes(undefined)) {
    const line = `${pad}${head}${[name, ...flats].join(", ")});`;
    if (width(line) <= LINE_WIDTH) return line;
  }
  const start = `${pad}${head}${name}, {`;
  if (options === undefined && width(start) <= LINE_WIDTH)
    return `${pad}${head}${name}, ${expanded(args, indent) ?? "{}"});`;
  const inner = " ".repeat(indent + 2);
  const lines = parts.map((part) => {
    const flat = flatLiteral(part);
    const isShort = flat !== undefined && indent + 3 + width(flat) <= LINE_WIDTH;
    return `${inner}${isShort ? flat : expanded(part, indent + 2)},`;
  });
  return `${pad}${head}\n${inner}${name},\n${lines.join("\n")}\n${pad});`;
}

function loopText({ variable, resources, members, prefix, shared }: MembersLoop): string {
  const head = `const ${variable}: Record<string, RosterMemberArgs> = `;
  const flat = flatLiteral(members);
  const text =
    flat !== undefined && width(head) + width(flat) + 1 <= LINE_WIDTH ? flat : (expanded(members, 0) ?? "{}");
  const spread = { ...shared, "...member": new Expression("...member") };
  const flatArgs = `{ ${Object.entries(spread).map(spreadText).join(", ")} }`;
  const name = `\`${templateText(prefix)}/\${label}\``;
  const made = `new Participant(${name}, ${flatArgs})`;
  const statement = (pad: string, end: string) => {
    const line = `${pad}${made}${end}`;
    if (width(line) <= LINE_WIDTH) return line;
    const lines = Object.entries(spread).map((entry) => `${pad}  ${spreadText(entry)},\n`);
    return `${pad}new Participant(${name}, {\n${lines.join("")}${pad}})${end}`;
  };
  const pushed = `  ${resources}.push(${made});`;
  const collected =
    width(pushed) <= LINE_WIDTH ? pushed : `  ${resources}.push(\n${statement("    ", ",")}\n  );`;
  return [
    `${head}${text};`,
    ...(resources === undefined ? [] : [`const ${resources}: Participant[] = [];`]),
    `for (const [label, member] of Object.entries(${variable}))`,
    resources === undefined ? statement("  ", ";") : collected,
  ].join("\n");
}

function spreadText([key, value]: readonly [string, Value]): string {
  if (!(value instanceof Expression)) return `${key}: ${flatLiteral(value)}`;
  return value.text === key || key.startsWith("...") ? value.text : `${key}: ${value.text}`;
}
