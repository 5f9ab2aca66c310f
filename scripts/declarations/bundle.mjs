import ts from "typescript";
import { namesIn } from "./module.mjs";

/** What no program is to see: with it the compiler of each program would have to understand the types of schemas. */
const HIDDEN = "zod";

/**
 * One file with what a door exports and all that this names. What is declared by means of a schema is written out by
 * the expansion; the rest stands as the compiler writes it.
 */
export function bundled({ door: path, modules, expansion }) {
  const graph = new Graph(modules);
  const door = modules(path);
  const published = graph.exportsOf(door);
  const writer = new Writer(graph, expansion, new Set(published.keys()));
  for (const [name, found] of published) {
    if (found.name !== name) throw new Error(`${found.name} is exported under another name: ${name}`);
    writer.include(found);
  }
  if (door.assigned !== undefined) writer.include(graph.find(door, door.assigned));
  return writer.text(door.assigned);
}

/** Which module declares a name. */
class Graph {
  constructor(modules) {
    this.modules = modules;
    this.hiding = new Map();
  }

  exportsOf(module) {
    const own = module.ownExports().map((name) => [name, { module, name }]);
    const named = [...module.reexported].map(([name, from]) => [name, this.#follow(from)]);
    const all = module.stars.flatMap((path) => [...this.exportsOf(this.modules(path))]);
    return new Map([...all, ...named, ...own]);
  }

  /** Where a name of a module is declared: in a module, or in another package; undefined for what is everywhere. */
  find(module, name) {
    if (module.declared.has(name)) return { module, name };
    const imported = module.imported.get(name);
    return imported && this.#follow(imported, name);
  }

  #follow({ from, name }, local = name) {
    if (!from.startsWith("/")) return { package: from, name, local };
    const module = this.modules(from);
    const found = module.declared.has(name) ? { module, name } : this.exportsOf(module).get(name);
    if (found === undefined) throw new Error(`${from} does not declare ${name}`);
    return found;
  }

  /**
   * Whether a declaration can only be understood with what is to be hidden, when all is written out that can be: a
   * type alias without parameters.
   */
  isHidden(found, stack = new Set()) {
    if (found.package !== undefined) return found.package === HIDDEN;
    const key = `${found.module.path} ${found.name}`;
    if (stack.has(key)) return false;
    const within = new Set([...stack, key]);
    if (!this.hiding.has(key))
      this.hiding.set(
        key,
        this.#namedBy(found).some((other) => !this.isPlainAlias(other) && this.isHidden(other, within)),
      );
    return this.hiding.get(key);
  }

  isPlainAlias({ module, name }) {
    const [statement] = module?.declared.get(name) ?? [];
    return (
      statement !== undefined &&
      ts.isTypeAliasDeclaration(statement) &&
      statement.typeParameters === undefined
    );
  }

  /** Whether a type alias has to be written out: it could not be understood, or is put together from one such. */
  isWrittenOut(found) {
    if (!this.isPlainAlias(found)) return false;
    if (this.isHidden(found)) return true;
    const [{ type }] = found.module.declared.get(found.name);
    return ts.isIntersectionTypeNode(type) && this.#namedBy(found).some((other) => this.isWrittenOut(other));
  }

  #namedBy({ module, name }) {
    return module.declared
      .get(name)
      .flatMap((statement) => [...namesIn(statement)])
      .map((other) => this.find(module, other))
      .filter((other) => other !== undefined);
  }
}

/** Collects declarations, each under a name of its own, and what they name after them. */
class Writer {
  #texts = new Map();
  #owners = new Map();
  #imports = new Map();

  constructor(graph, expansion, exported) {
    this.graph = graph;
    this.expansion = expansion;
    this.exported = exported;
  }

  include({ module, name, ...external }) {
    if (module === undefined) return this.#import(external.package, name, external.local);
    const owner = this.#owners.get(name);
    if (owner === module) return undefined;
    if (owner !== undefined)
      throw new Error(`two declarations are called ${name}: in ${owner.path} and ${module.path}`);
    this.#owners.set(name, module);
    const isWrittenOut = this.graph.isWrittenOut({ module, name });
    // It keeps its place: what it names comes first, as the compiler then meets the variants in their order.
    const text = isWrittenOut ? this.#expanded(module, name) : this.#asEmitted(module, name);
    const prefix = this.exported.has(name) ? "export " : "";
    this.#texts.set(
      name,
      text.replace(/^(\/\*\*.*?\*\/\n)?/s, (doc) => doc + prefix),
    );
    return undefined;
  }

  #expanded(module, name) {
    return this.expansion.declaration(module.path, name, {
      own: (path, other) => this.include({ ...this.graph.find(this.graph.modules(path), other) }),
      external: (from, other, local) => this.#import(from, other, local),
    });
  }

  #asEmitted(module, name) {
    if (this.graph.isHidden({ module, name }))
      throw new Error(`${name} cannot be published without ${HIDDEN}`);
    const statements = module.declared.get(name);
    for (const other of statements.flatMap((it) => [...namesIn(it)])) {
      if (other.startsWith("import("))
        throw new Error(`${name} is declared with ${other}: import it by its name`);
      const found = this.graph.find(module, other);
      if (found !== undefined) this.include(found);
    }
    return statements.map(publishedText).join("\n");
  }

  #import(from, name, local) {
    const names = this.#imports.get(from) ?? new Map();
    names.set(local ?? name, name);
    this.#imports.set(from, names);
  }

  text(assigned) {
    const imports = [...this.#imports].flatMap(([from, names]) => importsOf(from, names));
    const end = assigned === undefined ? "export {};" : `export = ${assigned};`;
    return `${[...imports, ...this.#texts.values(), end].join("\n")}\n`;
  }
}

function publishedText(statement) {
  const text = statement.getText().replace(/^(export )?(declare )?/, "");
  const declared = /^(interface|type) /.test(text) ? text : `declare ${text}`;
  const doc = ts.getJSDocCommentsAndTags(statement).at(-1);
  return doc === undefined ? declared : `${doc.getText()}\n${declared}`;
}

function importsOf(from, names) {
  const spaces = [...names].filter(([, name]) => name === "*");
  const others = [...names].filter(([, name]) => name !== "*");
  const written = others.map(([local, name]) => (local === name ? name : `${name} as ${local}`));
  return [
    ...spaces.map(([local]) => `import type * as ${local} from "${from}";`),
    ...(written.length === 0 ? [] : [`import type { ${written.sort().join(", ")} } from "${from}";`]),
  ];
}
