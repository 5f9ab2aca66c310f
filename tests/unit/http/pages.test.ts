import { deepEqual, equal, ok } from "node:assert/strict";
import { ApiError } from "../../../provider/http/errors";
import { CollectionReader } from "../../../provider/http/pages";
import { inTurns } from "../../support/in-turns";
import { collection, path, sidOf, startList } from "./list-server";
import { clientOf, failureOf, seededRandom, sendJson, startServer, stopAll } from "./server";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function shuffled(count: number, random: () => number): number[] {
  return Array.from({ length: count }, (_, index) => ({ index, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ index }) => index);
}

describe("http: reads from list pages", () => {
  afterEach(stopAll);

  it("read 1,000 participants, 8 at a time, in 10 GETs", async () => {
    const { server, reader } = await startList(1000);
    const jobs = Array.from({ length: 1000 }, (_, index) => () => reader.find(sidOf(index)));
    const outcomes = await inTurns(jobs, 8);
    equal(server.seen.length, 10);
    ok(
      outcomes.every(
        (outcome, index) => outcome.status === "fulfilled" && outcome.value?.["sid"] === sidOf(index),
      ),
    );
  });

  it("read them in any order with at most 2 GETs more", async () => {
    const { server, reader } = await startList(1000);
    const jobs = shuffled(1000, seededRandom(3)).map((index) => () => reader.find(sidOf(index)));
    await inTurns(jobs, 8);
    ok(server.seen.length <= 12, `${server.seen.length} GETs`);
  });

  it("stay cheap when five of half a million are asked for", async () => {
    const { server, lists, reader } = await startList(500_000);
    const wanted = [499_999, 250_000, 123_456, 7, 400_001];
    const rows = await Promise.all(wanted.map((index) => reader.find(sidOf(index))));
    deepEqual(
      rows.map((row) => row?.["sid"]),
      wanted.map(sidOf),
    );
    ok(lists() <= 6, `${lists()} pages`);
    ok(server.seen.length <= 10, `${server.seen.length} GETs`);
  });

  it("never fetch more pages than one and the objects asked for", async () => {
    const { lists, reader } = await startList(500_000);
    for (const [asked, index] of [400_000, 300_000, 200_000].entries()) {
      await reader.find(sidOf(index));
      equal(lists(), asked + 2);
    }
    await reader.find(sidOf(400_000));
    equal(lists(), 4);
  });

  it("share one page among those who wait for it", async () => {
    const { server, reader } = await startList(100);
    await Promise.all(Array.from({ length: 50 }, (_, index) => reader.find(sidOf(index))));
    equal(server.seen.length, 1);
  });

  it("confirm an absence by one GET of the object", async () => {
    const { server, reader } = await startList(150);
    equal(await reader.find(sidOf(151)), undefined);
    deepEqual(
      server.seen.map(({ url }) => new URL(url, "http://here").pathname),
      [path, path, `${path}/${sidOf(151)}`],
    );
  });

  it("find an object that the list does not show yet", async () => {
    const { list, reader } = await startList(10);
    await reader.find(sidOf(1));
    list.count = 11;
    equal((await reader.find(sidOf(10)))?.["sid"], sidOf(10));
  });

  it("forget everything on a drop", async () => {
    const { list, lists, reader } = await startList(10);
    equal((await reader.find(sidOf(1)))?.["label"], "first");
    list.label = "second";
    equal((await reader.find(sidOf(1)))?.["label"], "first");
    reader.drop();
    equal((await reader.find(sidOf(1)))?.["label"], "second");
    equal(lists(), 2);
  });

  it("do not fill the new pages from a fetch that began before the drop", async () => {
    const { server, list, lists, reader } = await startList(10);
    const early = reader.find(sidOf(1));
    while (server.seen.length === 0) await pause(0);
    list.label = "second";
    reader.drop();
    const late = reader.find(sidOf(2));
    equal((await late)?.["label"], "second");
    equal((await early)?.["label"], "second");
    equal(lists(), 2);
  });

  it("count the objects anew after a drop", async () => {
    const { lists, reader } = await startList(500_000);
    for (const index of [1, 2, 3, 4, 5, 6]) await reader.find(sidOf(index));
    reader.drop();
    await reader.find(sidOf(400_000));
    equal(lists(), 1 + 2);
  });

  it("fail those who wait for a page, not the next who ask", async () => {
    const { lists, reader } = await startList(10, ({ number }) => (number === 1 ? 400 : undefined));
    const failures = await Promise.all([failureOf(reader.find(sidOf(1))), failureOf(reader.find(sidOf(2)))]);
    ok(failures.every((error) => error instanceof ApiError && error.status === 400));
    equal((await reader.find(sidOf(1)))?.["sid"], sidOf(1));
    equal(lists(), 2);
  });

  it("keep the pages fetched before a page that failed", async () => {
    const { lists, reader } = await startList(300, ({ number }) => (number === 2 ? 400 : undefined));
    await failureOf(reader.find(sidOf(150)));
    equal((await reader.find(sidOf(50)))?.["sid"], sidOf(50));
    equal(lists(), 2);
    equal((await reader.find(sidOf(150)))?.["sid"], sidOf(150));
    equal(lists(), 3);
  });

  it("take objects of a parent that is gone for gone, each confirmed", async () => {
    const { server, lists, reader } = await startList(10, () => 404);
    deepEqual(await Promise.all([reader.find(sidOf(1)), reader.find(sidOf(2))]), [undefined, undefined]);
    equal(lists(), 1);
    equal(server.seen.length, 3);
  });

  it("do not take a 404 of somebody else's for gone", async () => {
    const server = await startServer((_, response) => {
      response.writeHead(404, { "content-type": "text/html" }).end("<html>");
    });
    const reader = new CollectionReader(clientOf(server.origin), collection);
    const error = await failureOf(reader.find(sidOf(1)));
    ok(error.message.includes("did not come from Twilio"), error.message);
  });

  it("let one leave without failing the others", async () => {
    const { server, reader } = await startList(10);
    const leaving = new AbortController();
    const left = failureOf(reader.find(sidOf(1), leaving.signal));
    const stays = reader.find(sidOf(2));
    while (server.seen.length === 0) await pause(0);
    leaving.abort();
    await left;
    equal((await stays)?.["sid"], sidOf(2));
    equal(server.seen.length, 1);
  });

  it("start again when all have left", async () => {
    const { server, reader } = await startList(10);
    const leaving = new AbortController();
    const left = failureOf(reader.find(sidOf(1), leaving.signal));
    while (server.seen.length === 0) await pause(0);
    leaving.abort();
    const next = reader.find(sidOf(2));
    await left;
    equal((await next)?.["sid"], sidOf(2));
  });

  it("refuse a page that is none", async () => {
    const server = await startServer((_, response) => sendJson(response, 200, { meta: {} }));
    const error = await failureOf(new CollectionReader(clientOf(server.origin), collection).find(sidOf(1)));
    ok(error.message.includes("without `participants`"), error.message);
  });
});
