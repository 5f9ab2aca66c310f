import { readFileSync } from "node:fs";

const TURNS = new URL("../../tests/turns.json", import.meta.url);
const DAY_MS = 86_400_000;

/** The test files that take turns: one list for each day of the round. */
export const turns = () => JSON.parse(readFileSync(TURNS, "utf8"));

/** Days since 1970, UTC. */
export const today = () => Math.floor(Date.now() / DAY_MS);

/** The files that have no turn on a day. */
export const waitingOn = (day, lists = turns()) => lists.filter((_, at) => at !== day % lists.length).flat();
