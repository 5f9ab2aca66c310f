import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { Progress } from "../../../provider/cli/terminal/progress";

describe("progress of a command", () => {
  it("says nothing in its first second", async () => {
    const { stream, written } = streamOf(true);
    const progress = new Progress(stream);
    progress.say("reading");
    await setTimeout(100);
    progress.end();
    assert.deepEqual(written, []);
  });

  it("replaces its line on a terminal, and clears it at the end", async () => {
    const { stream, written } = streamOf(true);
    const progress = new Progress(stream);
    progress.say("reading 1");
    await setTimeout(1_050);
    progress.say("reading 2");
    progress.end();
    assert.deepEqual(written, ["\r\x1b[Kreading 1", "\r\x1b[Kreading 2", "\r\x1b[K"]);
  });

  it("writes a line each elsewhere", async () => {
    const { stream, written } = streamOf(false);
    const progress = new Progress(stream);
    progress.say("reading");
    await setTimeout(1_050);
    progress.end();
    assert.deepEqual(written, ["reading\n"]);
  });
});

function streamOf(isTTY: boolean) {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  return { stream, written };
}
