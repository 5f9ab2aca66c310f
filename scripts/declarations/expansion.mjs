import ts from "typescript";

const PULUMI = "@pulumi/pulumi";
const ANY_TEXT = "(string & {})";
/** What of a union stands at its end. */
const LAST = [ANY_TEXT, "null", "undefined"];
/** What of the compiler's own library a reader knows by its name. */
const LIBRARY_TYPES = new Set(["Readonly", "Record"]);

/** Writes a type out as what it comes to: fields with their docs, in words that a reader knows. */
export class Expansion {
  #checker;
  #program;
  #uses;
  /** The file at hand. */
  #path;

  constructor(program) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
  }

  /** The declaration of a type alias; `uses` is told what it names, of these sources and of other packages. */
  declaration(path, name, uses) {
    const file = this.#program.getSourceFile(path);
    const alias = file.statements.find((it) => ts.isTypeAliasDeclaration(it) && it.name.text === name);
    const outer = [this.#uses, this.#path];
    [this.#uses, this.#path] = [uses, path];
    const text = this.#declared(alias);
    [this.#uses, this.#path] = outer;
    const doc = docOf(alias);
    return doc === "" ? text : `${doc}\n${text}`;
  }

  #declared({ name, type: node }) {
    const type = this.#checker.getTypeFromTypeNode(node);
    if (!type.isUnion()) return `interface ${name.text} ${this.#members(type, "")}`;
    // In the order in which they are written: of those that come equally near, the compiler complains of the last.
    const variants = ts.isUnionTypeNode(node)
      ? node.types.map((it) => this.#checker.getTypeFromTypeNode(it))
      : type.types;
    return `type ${name.text} = ${variants.map((it) => this.#plain(it, "")).join(" | ")};`;
  }

  #members(type, indent) {
    const inner = `${indent}    `;
    // The compiler's own order is that in which it has met them, which differs from build to build.
    const sorted = type.getProperties().toSorted((one, other) => this.#compare(placeOf(one), placeOf(other)));
    const fields = sorted.map((field) => {
      const isOptional = (field.flags & ts.SymbolFlags.Optional) !== 0;
      const text = this.#type(this.#checker.getTypeOfSymbol(field), inner, isOptional);
      return `${fieldDoc(field, inner)}${inner}${field.name}${isOptional ? "?" : ""}: ${text};\n`;
    });
    return `{\n${fields.join("")}${indent}}`;
  }

  /** A type with `pulumi.Input` as one word. */
  #type(type, indent, isOptional = false) {
    const parts = partsOf(type);
    const held = parts.filter(isOutput).map((part) => this.#checker.getTypeArguments(part)[0]);
    if (held.length === 0 && !isOptional) return this.#plain(type, indent);
    const inInputs = new Set(held.flatMap(partsOf));
    const others = parts.filter(
      (part) =>
        !isOutput(part) &&
        !isPromise(part) &&
        !inInputs.has(part) &&
        !(isOptional && part.flags & ts.TypeFlags.Undefined),
    );
    const words = held.map((value) => this.#input(value, parts, indent));
    if (others.length > 0) words.push(this.#union(others, indent));
    return words.length === 0 ? "undefined" : words.join(" | ");
  }

  /** A value that may be an output, or that cannot be anything else. */
  #input(value, parts, indent) {
    this.#uses.external(PULUMI, "*", "pulumi");
    const text = this.#plain(value, indent);
    const isInput = partsOf(value).every((part) => parts.includes(part));
    return isInput ? `pulumi.Input<${text}>` : `Promise<${text}> | pulumi.OutputInstance<${text}>`;
  }

  #plain(type, indent) {
    const name = this.#name(type, indent);
    if (name !== undefined) return name;
    // Where the compiler remembers what a union was put together from, there are names in that.
    if (type.isUnion()) return this.#union(type.origin?.types ?? type.types, indent);
    if (this.#checker.isArrayType(type)) return this.#array(type, indent);
    if (type.isIntersection() && type.types.some(({ flags }) => flags & ts.TypeFlags.String)) return ANY_TEXT;
    const isObject = type.isIntersection() || (type.flags & ts.TypeFlags.Object) !== 0;
    return isObject ? this.#members(type, indent) : this.#checker.typeToString(type);
  }

  #union(parts, indent) {
    const isTruth = ({ flags }) => (flags & ts.TypeFlags.BooleanLiteral) !== 0;
    const words = new Set(parts.map((part) => (isTruth(part) ? "boolean" : this.#plain(part, indent))));
    const rank = (word) => [LAST.indexOf(word), word];
    return [...words].sort((one, other) => this.#compare(rank(one), rank(other))).join(" | ");
  }

  #array(type, indent) {
    const item = this.#type(this.#checker.getTypeArguments(type)[0], indent);
    const isOne = /^pulumi\.Input</.test(item) ? !item.includes("> | ") : !item.includes(" | ");
    return `${type.symbol.name === "ReadonlyArray" ? "readonly " : ""}${isOne ? item : `(${item})`}[]`;
  }

  /** By the first part that differs; what is of the file at hand comes before what is of another. */
  #compare([one, ...ones], [other, ...others]) {
    if (one === other) return ones.length === 0 ? 0 : this.#compare(ones, others);
    if (one === this.#path || other === this.#path) return one === this.#path ? -1 : 1;
    return one < other ? -1 : 1;
  }

  /** The name of a type that has one, which is then used. */
  #name({ aliasSymbol, aliasTypeArguments = [], ...type }, indent) {
    const symbol =
      aliasSymbol ?? (type.objectFlags & ts.ObjectFlags.ClassOrInterface ? type.symbol : undefined);
    const file = symbol?.declarations?.[0]?.getSourceFile();
    if (file === undefined) return undefined;
    if (this.#program.isSourceFileDefaultLibrary(file)) {
      if (!LIBRARY_TYPES.has(symbol.name)) return undefined;
      return `${symbol.name}<${aliasTypeArguments.map((it) => this.#type(it, indent)).join(", ")}>`;
    }
    if (file.fileName.includes("/node_modules/") || aliasTypeArguments.length > 0) return undefined;
    this.#uses.own(file.fileName, symbol.name);
    return symbol.name;
  }
}

function partsOf(type) {
  return type.isUnion() ? type.types : [type];
}

function isOutput({ symbol }) {
  return symbol?.name === "OutputInstance";
}

function isPromise({ symbol }) {
  return symbol?.name === "Promise";
}

/** Where a field is declared. */
function placeOf({ declarations: [declaration] = [] }) {
  return [declaration?.getSourceFile().fileName, declaration?.pos];
}

function fieldDoc({ declarations = [] }, indent) {
  const doc = declarations.map(docOf).find((text) => text !== "");
  return doc === undefined ? "" : `${indent}${doc.replace(/^\s*\*/gm, `${indent} *`)}\n`;
}

/** A doc comment as it is written. */
function docOf(node) {
  return ts.getJSDocCommentsAndTags(node).findLast(ts.isJSDoc)?.getText() ?? "";
}
