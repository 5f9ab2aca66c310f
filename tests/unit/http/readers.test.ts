import { deepEqual, equal } from "node:assert/strict";
import { CollectionReaders } from "../../../provider/http/pages";
import { path, sidOf, startList } from "./list-server";
import { clientOf, stopAll } from "./server";

describe("http: scans of a list", () => {
  afterEach(stopAll);

  it("scan a bounded number of pages, as they are now", async () => {
    const { list, lists, reader } = await startList(1000);
    await reader.find(sidOf(1));
    list.label = "second";
    const labels: unknown[] = [];
    for await (const rows of reader.pages(3)) labels.push(rows.length, rows[0]?.["label"]);
    deepEqual(labels, [100, "second", 100, "second", 100, "second"]);
    equal(lists(), 4);
  });

  it("stop a scan where the list ends, or where the caller does", async () => {
    const { lists, reader } = await startList(150);
    let rows = 0;
    for await (const page of reader.pages(9)) rows += page.length;
    equal(rows, 150);
    for await (const _ of reader.pages(9)) break;
    equal(lists(), 3);
  });
});

describe("http: readers of a run", () => {
  afterEach(stopAll);

  it("share one reader for each path, and drop only that", async () => {
    const { server } = await startList(10);
    const readers = new CollectionReaders(clientOf(server.origin));
    const other = "/v1/Conversations/CH00000000000000000000000000000002/Participants";
    const find = (where: string) =>
      readers.reader(where, { pageSize: 100, listKey: "participants" }).find(sidOf(1));
    await Promise.all([find(path), find(path), find(other)]);
    equal(server.seen.length, 2);
    readers.drop(path);
    readers.drop("/v1/Roles");
    await Promise.all([find(path), find(other)]);
    equal(server.seen.length, 3);
  });
});
