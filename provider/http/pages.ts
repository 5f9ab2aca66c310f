import type { TwilioClient } from "./client";
import { isMissing, TimeoutError, UnreadableAnswerError } from "./errors";
import { pathSegment } from "./path";
import type { ApiRequest } from "./request";
import { isTimeout } from "./retry/deadline";
import { SharedWork } from "./shared-work";
import { isWireObject, type WireObject } from "./wire-object";

/** One object of a list, as Twilio wrote it. */
export type Row = WireObject;

export interface Collection {
  /** Like /v1/Conversations/CH…/Participants. */
  path: string;
  pageSize: number;
  /** Further parameters of the list, for example its order. */
  listQuery?: Readonly<Record<string, string>> | undefined;
  /** The key of the rows in a page, like `participants`. */
  listKey: string;
}

/** The part of the client that reading needs. */
export type PageClient = Pick<TwilioClient, "request">;

interface Page {
  rows: Row[];
  next: ApiRequest | undefined;
}

/**
 * Answers reads of single objects from the pages of their list, fetched one after the other and only while an object
 * that somebody waits for has not been seen. At most one page more than there were objects asked for; beyond that,
 * and to confirm that an object is gone, one GET of the object itself.
 */
export class CollectionReader {
  readonly #client: PageClient;
  readonly #collection: Collection;
  #known = new KnownRows();

  constructor(client: PageClient, collection: Collection) {
    this.#client = client;
    this.#collection = collection;
  }

  /** The object, or undefined when Twilio says that it does not exist. */
  async find(sid: string, signal?: AbortSignal): Promise<Row | undefined> {
    for (;;) {
      const known = this.#known;
      known.asked.add(sid);
      const row = known.bySid.get(sid);
      if (row !== undefined) return row;
      if (known.exhausted || known.pages > known.asked.size) return this.#fetchOne(sid, signal);
      await this.#joined(this.#pageInto(known), signal);
    }
  }

  /** Every object, from the pages that are known and those that are not yet; undefined where there is no such list. */
  async all(signal?: AbortSignal): Promise<Row[] | undefined> {
    // To its end, although a write may drop it meanwhile: with many writers it would begin again and again.
    const known = this.#known;
    while (!known.exhausted) await this.#joined(this.#pageInto(known), signal);
    return known.missing ? undefined : [...known.bySid.values()];
  }

  /** Waits for a page that may be fetched for others; whose time is up is told so as for a request of its own. */
  async #joined(page: SharedWork, signal: AbortSignal | undefined): Promise<void> {
    try {
      await page.join(signal);
    } catch (error) {
      if (error !== signal?.reason || !isTimeout(signal)) throw error;
      throw new TimeoutError(this.#firstPage(), {
        sent: true,
        reason: "deadline",
        outcome: "did not come to an end in time",
        cure: "Run it again, or raise twilio:timeoutSeconds.",
      });
    }
  }

  /** Whether an answer may come of what was fetched before. */
  get isBegun(): boolean {
    return this.#known.pages > 0 || this.#known.missing || this.#known.fetching !== undefined;
  }

  /** Forgets the pages, after a write to the collection. A page still under way does not come back either. */
  drop(): void {
    this.#known = new KnownRows();
  }

  /** The first pages as they are now, for look-ups by anything but SID. */
  async *pages(maxPages: number, signal?: AbortSignal): AsyncGenerator<Row[]> {
    let next: ApiRequest | undefined = this.#firstPage();
    for (let count = 0; next !== undefined && count < maxPages; count += 1) {
      const page: Page = await this.#fetchPage(next, signal);
      yield page.rows;
      next = page.next;
    }
  }

  /** The page that is under way, or the next one. */
  #pageInto(known: KnownRows): SharedWork {
    if (known.fetching === undefined || known.fetching.isOver) known.fetching = this.#fetchInto(known);
    return known.fetching;
  }

  #fetchInto(known: KnownRows): SharedWork {
    return new SharedWork(async (signal) => {
      try {
        const page = await this.#fetchPage(known.next ?? this.#firstPage(), signal);
        if (!signal.aborted) known.add(page);
      } catch (error) {
        // The parent is gone, so there is nothing to list; each object is confirmed on its own.
        if (!isMissing(error)) throw error;
        known.exhausted = true;
        known.missing = true;
      }
    });
  }

  async #fetchPage(request: ApiRequest, signal: AbortSignal | undefined): Promise<Page> {
    const { body, status } = await this.#client.request(request, signal);
    const rows = body[this.#collection.listKey];
    if (!Array.isArray(rows)) {
      throw new UnreadableAnswerError(request, status, `a page without \`${this.#collection.listKey}\``);
    }
    return { rows: rows.filter(isWireObject), next: this.#pageAfter(body) };
  }

  /** Only path and query of Twilio's absolute URL are used: the credentials stay with our own origin. */
  #pageAfter(body: Row): ApiRequest | undefined {
    const meta = isWireObject(body["meta"]) ? body["meta"] : {};
    const url = typeof meta["next_page_url"] === "string" ? URL.parse(meta["next_page_url"]) : null;
    if (url === null) return undefined;
    return { ...this.#firstPage(), path: url.pathname, query: Object.fromEntries(url.searchParams) };
  }

  #firstPage(): ApiRequest {
    const { path, pageSize, listKey, listQuery } = this.#collection;
    return {
      method: "GET",
      path,
      query: { ...listQuery, PageSize: pageSize },
      repeatable: true,
      attempting: `list ${listKey}`,
    };
  }

  async #fetchOne(sid: string, signal: AbortSignal | undefined): Promise<Row | undefined> {
    const { path, listKey } = this.#collection;
    const one = `${path}/${pathSegment(sid)}`;
    try {
      const request: ApiRequest = {
        method: "GET",
        path: one,
        repeatable: true,
        attempting: `read ${listKey}`,
      };
      return (await this.#client.request(request, signal)).body;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}

/** What one reader has fetched since the last drop. */
class KnownRows {
  readonly bySid = new Map<unknown, Row>();
  readonly asked = new Set<string>();
  pages = 0;
  next: ApiRequest | undefined;
  exhausted = false;
  /** Twilio knows no such list. */
  missing = false;
  fetching: SharedWork | undefined;

  add({ rows, next }: Page): void {
    for (const row of rows) this.bySid.set(row["sid"], row);
    this.pages += 1;
    this.next = next;
    this.exhausted = next === undefined;
  }
}

/** The readers of one run, one for each collection; `kin` are all those of the same account, whatever their credentials. */
export class CollectionReaders {
  readonly #client: PageClient;
  readonly #kin: CollectionReaders[];
  readonly #readers = new Map<string, CollectionReader>();

  constructor(client: PageClient, kin: CollectionReaders[] = []) {
    this.#client = client;
    this.#kin = kin;
    kin.push(this);
  }

  reader(path: string, collection: Omit<Collection, "path">): CollectionReader {
    const known = this.#readers.get(path);
    if (known !== undefined) return known;
    const reader = new CollectionReader(this.#client, { ...collection, path });
    this.#readers.set(path, reader);
    return reader;
  }

  /** Forgets what was read of a collection, after this process wrote to it. */
  drop(path: string): void {
    for (const each of this.#kin) each.#readers.get(path)?.drop();
  }
}
