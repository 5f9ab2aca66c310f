import fc from "fast-check";

export const PEOPLE = ["alice", "bob", "carol"] as const;
export const UNIQUE_NAMES = ["support", "desk"] as const;

/** One of the conversations, and how a program names it: over which credentials, with its service or without. */
export interface Spelling {
  readonly account: "main" | "twin" | "sub";
  readonly service: "left out" | "default" | "other";
  readonly name: number;
  readonly by: "sid" | "name";
}

export interface Program {
  readonly rosters: readonly (readonly string[])[];
  readonly participants: readonly { readonly at: Spelling; readonly identity: string }[];
}

export interface Case {
  /** Where the rosters are, before and after. */
  readonly places: readonly Spelling[];
  readonly exclusive: boolean;
  readonly before: Program;
  readonly after: Program;
  readonly outside: Outside;
  readonly trouble: Trouble;
  /** Whether one thing is done after the other. */
  readonly inTurn: boolean;
}

export interface Outside {
  /** Two conversations of this account and service exchange their unique names. */
  readonly exchange: { readonly account: "main" | "sub"; readonly service: "default" | "other" } | undefined;
  /** Somebody joins the first roster's conversation. */
  readonly joins: string | undefined;
}

export interface Trouble {
  /** Nobody can look up a unique name. */
  readonly isMute: boolean;
  /** The credentials of one account are missing. */
  readonly isTwinGone: boolean;
}

const spelling: fc.Arbitrary<Spelling> = fc.record({
  account: fc.constantFrom("main", "main", "twin", "sub"),
  service: fc.constantFrom("left out", "left out", "default", "other"),
  name: fc.constantFrom(0, 0, 1),
  by: fc.constantFrom("sid", "name"),
});
const people = fc.subarray([...PEOPLE]);
const members = fc.subarray([...PEOPLE], { minLength: 1 });
const participants = fc.array(fc.record({ at: spelling, identity: fc.constantFrom(...PEOPLE) }), {
  maxLength: 4,
});

export const cases: fc.Arbitrary<Case> = fc.record({
  places: fc.tuple(spelling, spelling),
  exclusive: fc.boolean(),
  before: fc.record({ rosters: fc.tuple(members, members), participants }),
  after: fc.record({ rosters: fc.tuple(people, people), participants }),
  outside: fc.record({
    exchange: fc.option(
      fc.record({
        account: fc.constantFrom("main", "sub"),
        service: fc.constantFrom("default", "other"),
      }),
      { nil: undefined },
    ),
    joins: fc.option(fc.constantFrom(...PEOPLE), { nil: undefined }),
  }),
  trouble: fc.record({ isMute: fc.boolean(), isTwinGone: fc.boolean() }),
  inTurn: fc.boolean(),
});
