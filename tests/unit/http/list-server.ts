import { CollectionReader } from "../../../provider/http/pages";
import { clientOf, conversation, type Seen, sendError, sendJson, startServer } from "./server";

export const path = `${conversation}/Participants`;
export const collection = { path, pageSize: 100, listKey: "participants" };

export function sidOf(index: number): string {
  return `MB${String(index).padStart(32, "0")}`;
}

/** A server with so many participants; `interfere` may answer in its stead by returning true. */
export async function startList(
  count: number,
  interfere: (seen: Seen) => number | undefined = () => undefined,
) {
  const list = { count, label: "first" };
  const server = await startServer(async (seen, response) => {
    const label = list.label;
    await new Promise((resolve) => setTimeout(resolve, 2));
    const status = interfere(seen);
    if (status !== undefined) return sendError(response, status, status === 404 ? 20404 : undefined);
    const url = new URL(seen.url, "http://here");
    const one = /\/MB(\d+)$/.exec(url.pathname);
    if (one) {
      const index = Number(one[1]);
      return index < list.count
        ? sendJson(response, 200, { sid: sidOf(index), label })
        : sendError(response, 404, 20404);
    }
    const page = Number(url.searchParams.get("Page") ?? 0);
    const size = Number(url.searchParams.get("PageSize"));
    const rows = Math.max(0, Math.min(size, list.count - page * size));
    const participants = Array.from({ length: rows }, (_, row) => ({ sid: sidOf(page * size + row), label }));
    const isLast = (page + 1) * size >= list.count;
    const next = `${server.origin}${path}?PageSize=${size}&Page=${page + 1}&PageToken=PT${page}`;
    sendJson(response, 200, {
      participants,
      meta: { next_page_url: isLast ? null : next, key: "participants" },
    });
  });
  const lists = () => server.seen.filter(({ url }) => !/\/MB\d+$/.test(url)).length;
  return { server, list, lists, reader: new CollectionReader(clientOf(server.origin), collection) };
}
