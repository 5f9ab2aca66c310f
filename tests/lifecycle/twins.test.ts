import assert from "node:assert/strict";
import { Message } from "../../provider";
import { useTestBed } from "../support/stack/test-bed";
import type { Row } from "../support/twilio-account";

// Every kind and order, without the engine: tests/fault/ownership/twins.

describe("Messages that declare the same", () => {
  let desk: Row;
  let names = ["second"];
  const bed = useTestBed(async () => {
    for (const name of names) new Message(name, { conversationSid: desk.sid, body: "9 to 17" });
  });

  it("are one each, where one is declared before the other, and after a run that failed in between", async () => {
    desk = await bed.account.conversation("desk");
    await bed.stack.up();
    names = ["first", "second"];
    // The first has taken the object over, and the second gets none: both have the same in the state.
    const route = "/v1/Conversations/*/Messages";
    bed.simulator.addFault({ kind: "status", status: 400, code: 20001, method: "POST", route, times: 1 });
    await assert.rejects(bed.stack.up({ parallel: 1 }));
    assert.equal(bed.simulator.rows("IM").length, 1);
    await bed.stack.up({ refresh: true });
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
