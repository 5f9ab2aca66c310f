import { equal } from "node:assert/strict";
import { presentOrigin } from "../../../../provider/core/api/api-host";

describe("engine: the host of a recorded origin", () => {
  const origins: [recorded: string, present: string][] = [
    ["https://conversations.ie1.twilio.com", "https://conversations.dublin.ie1.twilio.com"],
    ["https://conversations.au1.twilio.com", "https://conversations.sydney.au1.twilio.com"],
    ["https://conversations.jp1.twilio.com", "https://conversations.tokyo.jp1.twilio.com"],
    ["https://conversations.us1.twilio.com", "https://conversations.us1.twilio.com"],
    ["https://conversations.twilio.com", "https://conversations.twilio.com"],
    ["https://conversations.xx9.twilio.com", "https://conversations.xx9.twilio.com"],
    ["https://conversations.dublin.ie1.twilio.com", "https://conversations.dublin.ie1.twilio.com"],
    ["https://conversations.ie1.twilio.com.evil.com", "https://conversations.ie1.twilio.com.evil.com"],
    ["http://127.0.0.1:4010", "http://127.0.0.1:4010"],
  ];
  for (const [recorded, present] of origins)
    it(`${recorded} is ${present}`, () => equal(presentOrigin(recorded), present));
});
