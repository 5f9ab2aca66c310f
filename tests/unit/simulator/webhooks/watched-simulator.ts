import { Fixture } from "../../../contract/sdk/client";
import { WebhookReceiver } from "./webhook-receiver";

/** A simulator and a receiver of its webhooks for the tests of a suite, both empty at the start of each. */
export function useWatchedSimulator(begin: (fixture: Fixture, receiver: WebhookReceiver) => void): void {
  let fixture: Fixture;
  let receiver: WebhookReceiver;
  before(async () => {
    fixture = await Fixture.start();
    receiver = await WebhookReceiver.start();
    begin(fixture, receiver);
  });
  after(async () => {
    await fixture.close();
    receiver.close();
  });
  beforeEach(() => {
    fixture.simulator.reset();
    receiver.reset();
  });
}
