import type { StoredRow } from "./rows";

type KeyOf<R> = (row: R) => string | null;

/**
 * Rows of one kind in creation order, grouped by parent, with extra keys. A key may hold several rows: for example, an
 * address pair is free again once its conversation is closed.
 */
export class Table<R extends StoredRow, K extends string = never> {
  readonly #rows = new Map<string, R>();
  readonly #groups = new Map<string, R[]>();
  readonly #keys: [K, KeyOf<R>, Map<string, R[]>][];
  readonly #groupOf: (row: R) => string;
  #nextOrder = 1;

  constructor(groupOf: (row: R) => string, keys: Record<K, KeyOf<R>> = {} as Record<K, KeyOf<R>>) {
    this.#groupOf = groupOf;
    this.#keys = (Object.keys(keys) as K[]).map((name) => [name, keys[name], new Map()]);
  }

  get size(): number {
    return this.#rows.size;
  }

  get(sid: string): R | undefined {
    return this.#rows.get(sid);
  }

  all(): R[] {
    return [...this.#rows.values()];
  }

  inGroup(group: string): readonly R[] {
    return this.#groups.get(group) ?? [];
  }

  having(key: K, value: string): readonly R[] {
    return this.#map(key).get(value) ?? [];
  }

  insert(row: R): R {
    if (this.#rows.has(row.sid)) throw new Error(`${row.sid} is there already`);
    row.order = row.order > 0 ? row.order : this.#nextOrder;
    this.#nextOrder = Math.max(this.#nextOrder, row.order) + 1;
    this.#rows.set(row.sid, row);
    push(this.#groups, this.#groupOf(row), row);
    for (const [, keyOf, map] of this.#keys) push(map, keyOf(row), row);
    return row;
  }

  /** Changes a row in place and updates all keys; the group must not change. */
  patch(row: R, fields: Partial<R>): R {
    const before = this.#keys.map(([, keyOf]) => keyOf(row));
    Object.assign(row, fields);
    this.#keys.forEach(([, keyOf, map], index) => {
      const [was, is] = [before[index] ?? null, keyOf(row)];
      if (was === is) return;
      pull(map, was, row);
      push(map, is, row);
      if (is !== null) map.get(is)?.sort((one, other) => one.order - other.order);
    });
    return row;
  }

  remove(row: R): void {
    if (!this.#rows.delete(row.sid)) return;
    pull(this.#groups, this.#groupOf(row), row);
    for (const [, keyOf, map] of this.#keys) pull(map, keyOf(row), row);
  }

  /** Removes the rows inserted after the table had this size. */
  truncate(size: number): void {
    for (const row of this.all().slice(size).reverse()) this.remove(row);
  }

  /** Removes a whole group, last row first, so that a big group takes linear time. */
  removeGroup(group: string): void {
    for (const row of [...this.inGroup(group)].reverse()) this.remove(row);
  }

  #map(key: K): Map<string, R[]> {
    const entry = this.#keys.find(([name]) => name === key);
    if (!entry) throw new Error(`no key ${key}`);
    return entry[2];
  }
}

function push<R>(map: Map<string, R[]>, key: string | null, row: R): void {
  if (key === null) return;
  const rows = map.get(key);
  if (rows) rows.push(row);
  else map.set(key, [row]);
}

function pull<R>(map: Map<string, R[]>, key: string | null, row: R): void {
  const rows = key === null ? undefined : map.get(key);
  if (key === null || !rows) return;
  const index = rows.lastIndexOf(row);
  if (index >= 0) rows.splice(index, 1);
  if (rows.length === 0) map.delete(key);
}
