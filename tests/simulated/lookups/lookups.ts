import type { JsonObject } from "../../../provider/core/json";
import { Session } from "../../../provider/core/run/session";
import { type Lookup, lookUp } from "../../../provider/functions/call/lookup";
import { LookupError } from "../../../provider/functions/call/lookup-error";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../../simulator";
import { TwilioAccount } from "../../support/twilio-account";

/** Look-ups of one run against a simulator, without a program. */
export interface Lookups {
  simulator: Simulator;
  account: TwilioAccount;
  one(lookup: Lookup, args?: object): Promise<JsonObject>;
  all(lookup: Lookup, args?: object): Promise<JsonObject[]>;
  /** What the program is told instead of an answer. */
  failing(lookup: Lookup, args?: object, isSecret?: boolean): Promise<LookupError>;
  /** The requests since the run began, but the one that verifies the account: method, path and status. */
  requests(): string[];
  /** A new run, with other variables in its environment. */
  rerun(env: Record<string, string>): void;
}

export function useLookups(options: SimulatorOptions = {}): Lookups {
  const lookups = {} as Lookups;
  let session: Session;
  beforeEach(async () => {
    const simulator = await startSimulator(options);
    lookups.simulator = simulator;
    lookups.account = new TwilioAccount(simulator);
    lookups.rerun = (env) => {
      session = new Session(
        { ...simulator.env, ...env },
        () => undefined,
        () => {},
      );
      simulator.clearRequests();
    };
    lookups.rerun({});
  });
  afterEach(() => lookups.simulator.close());
  lookups.one = async (lookup, args = {}) => (await lookUp(session, lookup, args)) as JsonObject;
  lookups.all = async (lookup, args = {}) => (await lookUp(session, lookup, args)) as JsonObject[];
  lookups.failing = async (lookup, args = {}, isSecret = false) => {
    const outcome: unknown = await lookUp(session, lookup, args, isSecret).catch((error: unknown) => error);
    if (outcome instanceof LookupError) return outcome;
    throw new Error(
      `no LookupError, but: ${outcome instanceof Error ? outcome.stack : JSON.stringify(outcome)}`,
    );
  };
  lookups.requests = () =>
    lookups.simulator
      .requests()
      .filter(({ method, path }) => method === "GET" && path !== "/v1/Configuration")
      .map(({ path, query, status }) => {
        const parameters = Object.entries(query).map(([name, value]) => ` ${name}=${value}`);
        return `${path}${parameters.filter((text) => !text.startsWith(" Page")).join("")} ${status}`;
      });
  return lookups;
}
