import type { Definition } from "../../provider/core/definition/define";
import { Lifecycle } from "../../provider/core/lifecycle/lifecycle";
import { RosterLifecycle } from "../../provider/core/roster/lifecycle";
import { Session } from "../../provider/core/run/session";
import { participant } from "../../provider/resources/conversation/participant";
import { roster } from "../../provider/resources/conversation/roster";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../simulator";
import { QuickClock } from "../support/quick-clock";
import { TwilioAccount } from "../support/twilio-account";

/** What one run does to the resources of a type, and to those of others. */
export interface Run {
  readonly lifecycle: Lifecycle;
  readonly notes: string[];
  of(definition: Definition): Lifecycle;
  readonly roster: RosterLifecycle;
  /** An error as the user is to read it in this run. */
  explain(error: unknown): string;
}

/** The lifecycle of one run against a simulator, without the engine: what it does takes milliseconds. */
export interface Life {
  simulator: Simulator;
  account: TwilioAccount;
  /** On which the provider's waits and the simulator's moments run: a second takes milliseconds. */
  clock: QuickClock;
  /** A run of its own: its claims are empty, as after a crash. */
  run(definition?: Definition, config?: Record<string, string>, environment?: Record<string, string>): Run;
}

export function useLife(options: SimulatorOptions = {}): Life {
  const life = {} as Life;
  beforeEach(async () => {
    life.simulator = await startSimulator(options);
    life.account = new TwilioAccount(life.simulator);
    life.clock = new QuickClock((ms) => life.simulator.clock.advance(ms));
    life.run = (definition = participant, config = {}, environment = {}) => {
      const notes: string[] = [];
      const session = new Session(
        { ...life.simulator.env, ...environment },
        (key) => config[key],
        (message) => notes.push(message),
        life.clock,
      );
      const of = (type: Definition) => new Lifecycle(type, session);
      const explain = (error: unknown) => session.explain(error);
      return { lifecycle: of(definition), roster: new RosterLifecycle(roster, session), notes, of, explain };
    };
  });
  afterEach(async () => {
    life.clock.stop();
    await life.simulator.close();
  });
  return life;
}
