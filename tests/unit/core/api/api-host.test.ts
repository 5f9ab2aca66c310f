import { equal } from "node:assert/strict";
import { presentOrigin, regionOf, regionOrigin } from "../../../../provider/core/api/api-host";

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

describe("engine: the host of a region", () => {
  // Twilio's own libraries have the same table (regionToEdge in twilio-go).
  const hosts: [region: string, host: string][] = [
    ["au1", "conversations.sydney.au1"],
    ["br1", "conversations.sao-paulo.br1"],
    ["de1", "conversations.frankfurt.de1"],
    ["ie1", "conversations.dublin.ie1"],
    ["jp1", "conversations.tokyo.jp1"],
    ["jp2", "conversations.osaka.jp2"],
    ["sg1", "conversations.singapore.sg1"],
    ["us1", "conversations"],
    ["us2", "conversations.umatilla.us2"],
  ];
  for (const [region, host] of hosts)
    it(`${region} is entered by ${host}`, () => {
      equal(regionOrigin(region), `https://${host}.twilio.com`);
      const [, city, named] = host.split(".");
      if (city !== undefined) equal(regionOf(city), named);
    });
});
