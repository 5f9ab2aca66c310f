import type { TwilioClient } from "./client";
import { isMissing, TimeoutError, UnreadableAnswerError, unlessMissing } from "./errors";
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
  /** Further query parameters of the list, for example its order. */
  listQuery?: Readonly<Record<string, string>> | undefined;
  /** The key of the rows in a page, like `participants`. */
  listKey: string;
}

/** The part of the client that readers need. */
export type PageClient = Pick<TwilioClient, "request">;

interface Page {
  rows: Row[];
  next: ApiRequest | undefined;
}

/**
 * Serves reads of single objects from the pages of their list. Fetches pages in sequence, only while a wanted object
 * has not appeared, and at most one more than objects wanted. After that, or to confirm that an object is gone, it
 * sends one GET of the object itself.
 */
export class CollectionReader {
  readonly #client: PageClient;
  readonly #collection: Collection;
  #known = new KnownRows();

  constructor(client: PageClient, collection: Collection) {
    this.#client = client;
    this.#collection = collection;
  }

  /** The object; undefined when Twilio says that it does not exist. */
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

  /** Every object, from fetched and further pages; undefined when Twilio knows no such list. */
  async all(signal?: AbortSignal): Promise<Row[] | undefined> {
    // Finish these pages even if a write drops them: with many writers the list would restart forever.
    const known = this.#known;
    while (!known.exhausted) await this.#joined(this.#pageInto(known), signal);
    return known.missing ? undefined : [...known.bySid.values()];
  }

  /** Waits for a page that others may share; a caller whose time is up gets a timeout as for a request of its own. */
  async #joined(page: SharedWork, signal: AbortSignal | undefined): Promise<void> {
    try {
      await page.join(signal);
    } catch (error) {
      if (error !== signal?.reason || !isTimeout(signal)) throw error;
      throw new TimeoutError(this.#firstPage(), {
        sent: true,
        reason: "deadline",
        outcome: "did not come to an end in time",
        hint: "Run it again, or raise twilio:timeoutSeconds.",
      });
    }
  }

  /** Whether a read may be served from an earlier fetch. */
  get isBegun(): boolean {
    return this.#known.pages > 0 || this.#known.missing || this.#known.fetching !== undefined;
  }

  /** Forgets the pages after a write to the collection, also one still in flight. */
  drop(): void {
    this.#known = new KnownRows();
  }

  /** The first pages, fetched afresh, for look-ups by anything but SID. */
  async *pages(maxPages: number, signal?: AbortSignal): AsyncGenerator<Row[]> {
    let next: ApiRequest | undefined = this.#firstPage();
    for (let count = 0; next !== undefined && count < maxPages; count += 1) {
      const page: Page = await this.#fetchPage(next, signal);
      yield page.rows;
      next = page.next;
    }
  }

  /** The page in flight, or the next one. */
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
        // The parent is gone, so the list is empty; each object is confirmed by its own GET.
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

  /** Uses only path and query of Twilio's absolute URL, so the credentials stay with our origin. */
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
    const request: ApiRequest = { method: "GET", path: one, repeatable: true, attempting: `read ${listKey}` };
    return (await unlessMissing(() => this.#client.request(request, signal)))?.body;
  }
}

/** The rows that one reader has fetched since the last drop. */
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

/** The readers of one run, one for each collection. `kin`: all readers of the same account, with any credentials. */
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

  /** Forgets a collection after this process wrote to it. */
  drop(path: string): void {
    for (const each of this.#kin) each.#readers.get(path)?.drop();
  }
}
