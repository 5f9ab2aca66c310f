import assert from "node:assert/strict";
import { Message } from "../../provider";
import { useTestBed } from "../support/test-bed";
import type { Row } from "../support/twilio-account";

// Every kind and order, without the engine: tests/fault/ownership/twins.

describe("Messages that declare the same", () => {
  let desk: Row;
  let names = ["second"];
  const bed = useTestBed(async () => {
    for (const name of names) new Message(name, { conversationSid: desk.sid, body: "9 to 17" });
  });

  it("are one each, where one is declared before the other and the engine tells of one at a time", async () => {
    desk = await bed.account.conversation("desk");
    await bed.stack.up();
    names = ["first", "second"];
    await bed.stack.up({ parallel: 1 });
    const ids = Object.values(bed.stack.state()).map(({ id }) => id);
    assert.deepEqual(
      ids.filter((id) => String(id).startsWith("IM")).sort(),
      bed.simulator
        .rows("IM")
        .map(({ sid }) => sid)
        .sort(),
    );
    assert.equal(bed.simulator.rows("IM").length, 2);
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });
});
