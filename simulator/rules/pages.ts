import type { JsonObject } from "../state/rows";
import { CodedError } from "./errors";
import type { Form } from "./world";

export interface PageSize {
  readonly default: number;
  readonly max: number;
}

const own = ["PageSize", "Page", "PageToken"];

/** The part of a query that is about pages taken away: what is left are the list's filters. */
export function withoutPaging(query: Form): Form {
  return new Map([...query].filter(([name]) => !own.includes(name)));
}

/**
 * One page of a list with Twilio's `meta`. The token names the place after which the page starts, so that
 * rows that come or go between two pages move nothing.
 */
export function page<R extends { order: number }>(options: {
  rows: readonly R[];
  query: Form;
  size: PageSize;
  key: string;
  url: string;
  isDescending: boolean;
  render: (row: R) => JsonObject;
}): JsonObject {
  const { rows, query, key } = options;
  const size = clampedSize(query, options.size);
  const number = whole(query, "Page") ?? 0;
  const start = startOf(rows, query, number * size, options.isDescending);
  const shown = rows.slice(start, start + size);
  const filters = [...withoutPaging(query)].flatMap(([name, texts]) => texts.map((text) => [name, text]));
  const urlOf = (pageNumber: number, token?: string): string => {
    const parameters = [...filters, ["PageSize", String(size)], ["Page", String(pageNumber)]];
    if (token !== undefined) parameters.push(["PageToken", token]);
    return `${options.url}?${new URLSearchParams(parameters as [string, string][])}`;
  };
  const last = shown.at(-1);
  const hasMore = last !== undefined && start + size < rows.length;
  const before = start > 0 ? (rows[start - size - 1]?.order ?? 0) : undefined;
  return {
    [key]: shown.map(options.render),
    meta: {
      page: number,
      page_size: size,
      first_page_url: urlOf(0),
      previous_page_url:
        before === undefined
          ? null
          : urlOf(Math.max(0, number - 1), before === 0 ? undefined : `PA${before}`),
      url: urlOf(number, query.get("PageToken")?.[0]),
      next_page_url: hasMore ? urlOf(number + 1, `PA${last.order}`) : null,
      key,
    },
  };
}

function clampedSize(query: Form, size: PageSize): number {
  const wanted = whole(query, "PageSize") ?? size.default;
  return Math.min(Math.max(wanted, 1), size.max);
}

function startOf(
  rows: readonly { order: number }[],
  query: Form,
  offset: number,
  isDescending: boolean,
): number {
  const token = query.get("PageToken")?.[0];
  if (token === undefined) return Math.min(offset, rows.length);
  const place = /^PA(\d{1,15})$/.exec(token)?.[1];
  if (place === undefined) throw new CodedError(20001, "PageToken");
  const index = rows.findIndex((row) =>
    isDescending ? row.order < Number(place) : row.order > Number(place),
  );
  return index < 0 ? rows.length : index;
}

function whole(query: Form, name: string): number | undefined {
  const text = query.get(name)?.[0];
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new CodedError(20001, name);
  return Number(text);
}
