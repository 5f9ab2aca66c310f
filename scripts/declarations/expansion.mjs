import ts from "typescript";

const PULUMI = "@pulumi/pulumi";
/** What a reader knows by its name. */
const ANY_TEXT = "(string & {})";
const LAST = [ANY_TEXT, "null", "undefined"];
const LIBRARY_TYPES = new Set(["Readonly", "Record"]);

/** Writes a type out as what it comes to: fields with their docs, in the words that a reader knows. */
export class Expansion {
  #checker;
  #program;
  #uses;

  constructor(program) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
  }

  /** The declaration of a type alias; `uses` is told what it names, of these sources and of other packages. */
  declaration(path, name, uses) {
    const file = this.#program.getSourceFile(path);
    const statement = file.statements.find((it) => ts.isTypeAliasDeclaration(it) && it.name.text === name);
    const outer = this.#uses;
    this.#uses = uses;
    const text = this.#declared(statement);
    this.#uses = outer;
    const doc = docOf(statement);
    return doc === "" ? text : `${doc}\n${text}`;
  }

  #declared({ name, type: node, typeParameters }) {
    const type = this.#checker.getTypeFromTypeNode(node);
    if (typeParameters !== undefined) throw new Error(`${name.text} has parameters and cannot be written out`);
    if (ts.isUnionTypeNode(node)) {
      // In the order in which they are written: the compiler names the last one where none comes near.
      const variants = node.types.map((it) => this.#plain(this.#checker.getTypeFromTypeNode(it)));
      return `type ${name.text} = ${variants.join(" | ")};`;
    }
    return type.isUnion()
      ? `type ${name.text} = ${type.types.map((it) => this.#plain(it)).join(" | ")};`
      : `interface ${name.text} ${this.#members(type, "")}`;
  }

  #members(type, indent) {
    const inner = `${indent}    `;
    const fields = type.getProperties().map((field) => {
      const isOptional = (field.flags & ts.SymbolFlags.Optional) !== 0;
      const declared = this.#checker.getTypeOfSymbol(field);
      const text = this.#type(declared, inner, isOptional);
      const mark = isOptional ? "?" : "";
      const modifier = field.declarations?.some((it) => ts.getCombinedModifierFlags(it) & ts.ModifierFlags.Readonly)
        ? "readonly "
        : "";
      return `${this.#fieldDoc(field, inner)}${inner}${modifier}${field.name}${mark}: ${text};\n`;
    });
    return `{\n${fields.join("")}${indent}}`;
  }

  #fieldDoc({ declarations = [] }, indent) {
    const doc = declarations.map(docOf).find((text) => text !== "");
    return doc === undefined ? "" : `${doc.replace(/^\s*\*/gm, `${indent} *`).replace(/^/, indent)}\n`;
  }

  /** A type with `pulumi.Input` as one word. */
  #type(type, indent, isOptional = false) {
    const parts = type.isUnion() ? type.types : [type];
    const held = parts.filter(isOutput).map((part) => this.#checker.getTypeArguments(part)[0]);
    const isPart = (part, whole) => this.#checker.isTypeAssignableTo(part, whole);
    const others = parts.filter(
      (part) =>
        !isOutput(part) &&
        !held.some((whole) => isPart(part, whole) || (isPromise(part) && part.typeArguments?.[0] === whole)),
    );
    const isInput = (whole) =>
      (whole.isUnion() ? whole.types : [whole]).every((part) => parts.some((it) => it === part));
    const written = held.map((whole) => {
      this.#uses.external(PULUMI, "*", "pulumi");
      const plain = this.#plain(whole, indent);
      return isInput(whole) ? `pulumi.Input<${plain}>` : `Promise<${plain}> | pulumi.OutputInstance<${plain}>`;
    });
    const rest = others.filter((part) => !(isOptional && part.flags & ts.TypeFlags.Undefined));
    if (rest.length > 0 || written.length === 0)
      written.push(
        rest.length === others.length && written.length === 0
          ? this.#plain(type, indent)
          : rest.length === 0
            ? "undefined"
            : rest.map((part) => this.#plain(part, indent)).join(" | "),
      );
    return written.join(" | ");
  }

  #plain(type, indent = "") {
    const named = this.#named(type, indent);
    if (named !== undefined) return named;
    if (type.flags & ts.TypeFlags.Boolean) return "boolean";
    if (type.isUnion()) return this.#union(type, indent);
    if (this.#checker.isArrayType(type)) {
      const item = this.#type(this.#checker.getTypeArguments(type)[0], indent);
      const isReadonly = type.symbol.name === "ReadonlyArray";
      return `${isReadonly ? "readonly " : ""}${/^[\w.<>]+$/.test(item) ? item : `(${item})`}[]`.replace(/\((pulumi\.Input<[^|]*(?:\|[^|]*)*>)\)\[\]$/, "$1[]");
    }
    const isText = type.isIntersection() && type.types.some((part) => part.flags & ts.TypeFlags.String);
    if (isText) return ANY_TEXT;
    const isObject = type.isIntersection() || (type.flags & ts.TypeFlags.Object) !== 0;
    return isObject ? this.#members(type, indent) : this.#checker.typeToString(type);
  }

  #union(type, indent) {
    const isTruth = (part) => (part.flags & ts.TypeFlags.BooleanLiteral) !== 0;
    // Where the compiler remembers what it was put together from, names are in that.
    const parts = type.origin?.types ?? type.types;
    const written = parts.map((part) => (isTruth(part) ? "boolean" : this.#plain(part, indent)));
    // What is known comes first.
    const sorted = [...new Set(written)].sort((one, other) => LAST.indexOf(one) - LAST.indexOf(other));
    return sorted.join(" | ");
  }

  /** A type that has a name of its own, which is then used. */
  #named(type, indent) {
    const { aliasSymbol, aliasTypeArguments = [] } = type;
    const symbol = aliasSymbol ?? (type.isClassOrInterface() ? type.symbol : undefined);
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

function isOutput(type) {
  return type.symbol?.name === "OutputInstance";
}

function isPromise(type) {
  return type.symbol?.name === "Promise";
}

/** A doc comment as it is written. */
function docOf(node) {
  return ts.getJSDocCommentsAndTags(node).findLast(ts.isJSDoc)?.getText() ?? "";
}
