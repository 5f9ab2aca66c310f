import { deepEqual } from "node:assert/strict";
import { type Simulator, startSimulator } from "../../../simulator";
import { QuickClock } from "../../support/quick-clock";
import { TwilioAccount } from "../../support/twilio-account";
import { unsaid } from "./account-comparison";
import { broughtUp, type Imported, imported, previewed } from "./imported-estate";
import { OTHER_ACCOUNT, STANDING_MS, WITH_GROUP_MMS } from "./two-accounts";

type Asked = Parameters<typeof imported>[1];

/** Two accounts: one with something in it, and one where a program brings that up. */
export interface TwoSimulators {
  here: Simulator;
  elsewhere: Simulator;
  clock: QuickClock;
  account: TwilioAccount;
  /** Takes out of both what is in them. */
  empty(): void;
  /** Of the default service. */
  roleSid(friendlyName: string): string;
  /** Lets a minute pass: dates are in whole seconds. */
  pass(): void;
  imported(asked?: Partial<Asked>): Promise<Imported>;
  /** Imports all, and holds that nothing is to be done here, and that the same comes to be elsewhere. */
  held(asked?: Partial<Asked>): Promise<Imported>;
}

/** Made before a block's tests and empty before each. */
export function useTwoSimulators(): TwoSimulators {
  const two = {} as TwoSimulators;
  const { stackTraceLimit } = Error;
  before(async () => {
    two.here = await startSimulator(WITH_GROUP_MMS);
    two.elsewhere = await startSimulator({ ...WITH_GROUP_MMS, account: OTHER_ACCOUNT });
    two.clock = new QuickClock((ms) => {
      for (const { clock } of [two.here, two.elsewhere]) clock.advance(ms);
    });
    two.account = new TwilioAccount(two.here);
    // The SDK notes where each of its promises was made.
    Error.stackTraceLimit = 0;
  });
  two.empty = () => {
    for (const simulator of [two.here, two.elsewhere]) simulator.reset();
    two.elsewhere.clock.advance(STANDING_MS);
  };
  beforeEach(() => two.empty());
  after(async () => {
    Error.stackTraceLimit = stackTraceLimit;
    two.clock?.stop();
    await two.here?.close();
    await two.elsewhere?.close();
  });
  two.pass = () => two.here.clock.advance(60_000);
  two.roleSid = (friendlyName) =>
    String(two.here.roles().find((row) => row["friendly_name"] === friendlyName)?.sid);
  two.imported = (asked) => imported(two.here, { membersAs: "participants", ...asked }, two.clock);
  two.held = async (asked = { userConversations: true }) => {
    two.pass();
    const estate = await two.imported(asked);
    await previewed(two.here, estate, two.clock);
    const made = await broughtUp(two.elsewhere, estate, two.clock);
    deepEqual(await unsaid(two.here, two.elsewhere, estate, made), [], estate.notes.join("\n"));
    return estate;
  };
  return two;
}
