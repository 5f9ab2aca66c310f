import assert from "node:assert/strict";
import { Service, ServiceWebhooks } from "../../provider";
import { diagnosticsIn } from "../support/diagnostics";
import { useTestBed } from "../support/stack/test-bed";

describe("two declarations for one service that is yet to be created", () => {
  const bed = useTestBed(async () => {
    const { id: serviceSid } = new Service("fresh", { friendlyName: "fresh" });
    for (const name of ["first", "second"])
      new ServiceWebhooks(name, { serviceSid, filters: ["onMessageAdded"] });
  });

  it("are refused at preview where both take its id", async () => {
    const text = diagnosticsIn(await bed.stack.failing(() => bed.stack.preview()));
    assert.match(text, /second is declared twice: there is one webhook configuration for each serviceSid/);
  });
});
