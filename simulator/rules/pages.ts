import type { JsonObject } from "../state/rows";
import { CodedError } from "./errors";
import type { Form } from "./world";

export interface PageSize {
  readonly default: number;
  readonly max: number;
}

const own = ["PageSize", "Page", "PageToken"];

/** The query without paging parameters: the list's filters. */
export function withoutPaging(query: Form): Form {
  return new Map([...query].filter(([name]) => !own.includes(name)));
}

/** The order of a list: by creation, reversed, or by date, newest first. */
export type Order = "asc" | "desc" | "newest";

type Placed = { order: number; date_created?: string };
type Place = readonly [rank: number, order: number];

/** A row's sort position in its list; always ascending. */
function placeOf({ order, date_created: date = "" }: Placed, direction: Order): Place {
  if (direction === "asc") return [0, order];
  return [direction === "newest" ? -Date.parse(date) || 0 : 0, -order];
}

function compare(one: Place, other: Place): number {
  return one[0] - other[0] || one[1] - other[1];
}

/** Sorts rows by date, newest first; of one date, the row created last comes first. */
export function newestFirst<R extends Placed>(rows: readonly R[]): R[] {
  return [...rows].sort((one, other) => compare(placeOf(one, "newest"), placeOf(other, "newest")));
}

/** A position as a page token: `PA7`, or with the date, `PA1767225600000-7`. */
function tokenOf(row: Placed, direction: Order): string {
  const [rank, order] = placeOf(row, direction);
  return direction === "newest" ? `PA${-rank}-${Math.abs(order)}` : `PA${Math.abs(order)}`;
}

function placeOfToken(token: string, direction: Order): Place {
  const match = /^PA(?:(-?\d{1,16})-)?(\d{1,15})$/.exec(token);
  if (!match || (match[1] !== undefined) !== (direction === "newest"))
    throw new CodedError(20001, "PageToken");
  return [-Number(match[1] ?? 0), direction === "asc" ? Number(match[2]) : -Number(match[2])];
}

/**
 * One page of a list with Twilio's `meta`. The token names the position after which the page starts, so rows added or
 * removed between two pages shift nothing.
 */
export function page<R extends Placed>(options: {
  rows: readonly R[];
  query: Form;
  size: PageSize;
  key: string;
  url: string;
  direction: Order;
  render: (row: R) => JsonObject;
}): JsonObject {
  const { rows, query, key, direction } = options;
  const size = clampedSize(query, options.size);
  const number = whole(query, "Page") ?? 0;
  const start = startOf(rows, query, number * size, direction);
  const shown = rows.slice(start, start + size);
  const filters = [...withoutPaging(query)].flatMap(([name, texts]) => texts.map((text) => [name, text]));
  const urlOf = (pageNumber: number, token?: string): string => {
    const parameters = [...filters, ["PageSize", String(size)], ["Page", String(pageNumber)]];
    if (token !== undefined) parameters.push(["PageToken", token]);
    return `${options.url}?${new URLSearchParams(parameters as [string, string][])}`;
  };
  const last = shown.at(-1);
  const hasMore = last !== undefined && start + size < rows.length;
  const before = rows[start - size - 1];
  return {
    [key]: shown.map(options.render),
    meta: {
      page: number,
      page_size: size,
      first_page_url: urlOf(0),
      previous_page_url:
        start === 0 ? null : urlOf(Math.max(0, number - 1), before && tokenOf(before, direction)),
      url: urlOf(number, query.get("PageToken")?.[0]),
      next_page_url: hasMore ? urlOf(number + 1, tokenOf(last, direction)) : null,
      key,
    },
  };
}

function clampedSize(query: Form, size: PageSize): number {
  const wanted = whole(query, "PageSize") ?? size.default;
  return Math.min(Math.max(wanted, 1), size.max);
}

function startOf(rows: readonly Placed[], query: Form, offset: number, direction: Order): number {
  const token = query.get("PageToken")?.[0];
  if (token === undefined) return Math.min(offset, rows.length);
  const place = placeOfToken(token, direction);
  const index = rows.findIndex((row) => compare(placeOf(row, direction), place) > 0);
  return index < 0 ? rows.length : index;
}

function whole(query: Form, name: string): number | undefined {
  const text = query.get(name)?.[0];
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new CodedError(20001, name);
  return Number(text);
}
