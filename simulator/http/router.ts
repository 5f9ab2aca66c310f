import type { Route } from "../resources/route";

export interface Match {
  route: Route;
  parameters: Record<string, string>;
}

/** Finds the route of a path in a tree with one level for each segment. */
export class Router {
  readonly #root: Node = emptyNode();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      let node = this.#root;
      for (const segment of route.template.split("/").slice(1)) node = childOf(node, segment);
      node.routes.set(route.method, route);
    }
  }

  /** The route, or the path's methods, or undefined for an unknown path. */
  match(method: string, path: string): Match | string[] | undefined {
    const segments = path.split("/").slice(1);
    const node = find(this.#root, segments, 0);
    if (!node) return undefined;
    const route = node.routes.get(method);
    if (!route) return [...node.routes.keys()];
    const parameters = parametersOf(route.template, segments);
    return parameters && { route, parameters };
  }
}

interface Node {
  fixed: Map<string, Node>;
  open: Node | undefined;
  routes: Map<string, Route>;
}

function emptyNode(): Node {
  return { fixed: new Map(), open: undefined, routes: new Map() };
}

function childOf(node: Node, segment: string): Node {
  if (segment.startsWith("{")) {
    node.open ??= emptyNode();
    return node.open;
  }
  const child = node.fixed.get(segment) ?? emptyNode();
  node.fixed.set(segment, child);
  return child;
}

function find(node: Node, segments: readonly string[], depth: number): Node | undefined {
  const segment = segments[depth];
  if (segment === undefined) return node.routes.size > 0 ? node : undefined;
  const fixed = node.fixed.get(segment);
  const found = fixed && find(fixed, segments, depth + 1);
  if (found || segment === "") return found;
  return node.open && find(node.open, segments, depth + 1);
}

function parametersOf(template: string, segments: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  try {
    template
      .split("/")
      .slice(1)
      .forEach((part, index) => {
        if (part.startsWith("{")) parameters[part.slice(1, -1)] = decodeURIComponent(segments[index] ?? "");
      });
  } catch {
    return undefined;
  }
  return parameters;
}
