import { equal } from "node:assert/strict";
import { SharedWork } from "../../../provider/http/shared-work";
import { failureOf } from "./server";

describe("http: work that several wait for", () => {
  it("ends when the last one leaves, and cannot be joined from then on", async () => {
    let signalOfWork: AbortSignal | undefined;
    const work = new SharedWork((signal) => {
      signalOfWork = signal;
      return new Promise(() => undefined);
    });
    const [first, second] = [new AbortController(), new AbortController()];
    const left = [failureOf(work.join(first.signal)), failureOf(work.join(second.signal))];
    first.abort();
    await left[0];
    equal(work.isOver, false);
    equal(signalOfWork?.aborted, false);
    second.abort();
    await left[1];
    equal(work.isOver, true);
    equal(signalOfWork?.aborted, true);
  });

  it("does not wait at all for one who has left already", async () => {
    const work = new SharedWork(() => new Promise(() => undefined));
    await failureOf(work.join(AbortSignal.abort()));
    equal(work.isOver, false);
  });
});
