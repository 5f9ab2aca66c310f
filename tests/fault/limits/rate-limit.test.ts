import { deepEqual, ok } from "node:assert/strict";
import { Lifecycle } from "../../../provider/core/lifecycle/lifecycle";
import { RosterLifecycle } from "../../../provider/core/roster/lifecycle";
import { Session } from "../../../provider/core/run/session";
import { participant } from "../../../provider/resources/conversation/participant";
import { roster } from "../../../provider/resources/conversation/roster";
import { type Simulator, startSimulator } from "../../../simulator";
import { measured, sized } from "../../support/soak";
import { TwilioAccount } from "../../support/twilio-account";

/** Writes that Twilio takes of one conversation in a second. */
const WRITES_PER_SECOND = 30;
/**
 * All waits are real ones here, and other processes take their time too: of so many tries one has to be fast. None may
 * be answered 429.
 */
const TRIES = 3;

interface Figures {
  readonly seconds: number;
  readonly answers: number;
}

type Write = (session: Session, conversationSid: string, identities: readonly string[]) => Promise<unknown>;

const asParticipants: Write = (session, conversationSid, identities) => {
  const lifecycle = new Lifecycle(participant, session);
  return Promise.all(identities.map((identity) => lifecycle.create({ conversationSid, identity })));
};

const asRoster: Write = (session, conversationSid, identities) => {
  const members = Object.fromEntries(identities.map((identity) => [identity, { identity }]));
  return new RosterLifecycle(roster, session).create({ conversationSid, members });
};

const WAYS = {
  participants: asParticipants,
  ...sized({ short: {}, full: { "members of a roster": asRoster } }),
};

/** A run with the settings that it has unless told: into each of so many new conversations so many members, all at once. */
async function run(
  simulator: Simulator,
  write: Write,
  conversations: number,
  each: number,
): Promise<Figures> {
  const account = new TwilioAccount(simulator);
  const made = Array.from({ length: conversations }, () => account.post("/Conversations", {}));
  const sids = (await Promise.all(made)).map(({ sid }) => sid);
  const identities = Array.from({ length: each }, (_, index) => `member-${index}`);
  const nothing = () => undefined;
  const session = new Session({ ...simulator.env }, nothing, nothing);
  simulator.clearRequests();
  const startedAtMs = performance.now();
  await Promise.all(sids.map((sid) => write(session, sid, identities)));
  const seconds = (performance.now() - startedAtMs) / 1_000;
  for (const sid of sids) {
    const joined = simulator.participants(sid).map(({ identity }) => String(identity));
    deepEqual(joined.toSorted(), identities.toSorted(), "each is there once");
  }
  const answers = simulator.requests();
  deepEqual(
    answers.filter(({ status }) => status === 429).map(({ path }) => path),
    [],
  );
  return { seconds, answers: answers.length };
}

/** The first outcome that is good, or else the last one. */
async function tried<T>(attempt: () => Promise<T>, isGood: (outcome: T) => boolean): Promise<T> {
  let outcome = await attempt();
  for (let tries = 1; tries < TRIES && !isGood(outcome); tries += 1) outcome = await attempt();
  return outcome;
}

const describeFigures = ({ seconds, answers }: Figures) =>
  `${seconds.toFixed(2)} s, none of ${answers} answers 429, 0 duplicates`;

for (const [whose, write] of Object.entries(WAYS))
  describe(`${whose} at Twilio's limits`, () => {
    let simulator: Simulator;
    const start = async (latencyMs: number) => {
      simulator = await startSimulator({ rateLimit: "twilio", latencyMs });
    };
    afterEach(() => simulator.close());

    for (const latencyMs of sized({ short: [0], full: [0, 100] })) {
      const each = sized({ short: 61, full: 1_000 });

      it(`are written as fast as one conversation takes ${each}, with ${latencyMs} ms for each answer`, async () => {
        await start(latencyMs);
        const floorSeconds = each / WRITES_PER_SECOND;
        const isFast = ({ seconds }: Figures) => seconds <= 1.1 * floorSeconds;
        const figures = await tried(() => run(simulator, write, 1, each), isFast);
        const figure = `${(figures.seconds / floorSeconds).toFixed(2)} × the floor: ${describeFigures(figures)}`;
        ok(isFast(figures), figure);
        measured(`${each} ${whose} at Twilio's limits, ${latencyMs} ms for each answer`, figure);
      });
    }

    const [conversations, each] = sized({ short: [4, 31], full: [10, 100] });

    it(`are written into ${conversations} conversations of ${each} in little more time than into one`, async () => {
      await start(0);
      type Pair = { readonly one: Figures; readonly all: Figures };
      const isFast = ({ one, all }: Pair) => all.seconds <= 1.5 * one.seconds;
      const pair = await tried(
        async () => ({
          one: await run(simulator, write, 1, each),
          all: await run(simulator, write, conversations, each),
        }),
        isFast,
      );
      const times = (pair.all.seconds / pair.one.seconds).toFixed(2);
      const figure = `${times} × the time of one: ${describeFigures(pair.all)}`;
      ok(isFast(pair), figure);
      measured(`${conversations} × ${each} ${whose} at Twilio's limits`, figure);
    });
  });
