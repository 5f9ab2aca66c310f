import type { ResourceClass } from "../../types/specimen";

/** Both stand in every wrong value, and nowhere else. */
export const CANARY = "CANARY";
export const HEX_CANARY = "c0ffeec0ffee";

export type Args = Record<string, unknown>;
/** What the user reads of one problem: where, and Twilio's code if it has one. */
export type Problem = [path: string, twilioCode?: number];

export interface Wrong {
  readonly what: string;
  readonly type: ResourceClass;
  readonly args: Args;
  readonly problems: Problem[];
}

export const long = (length: number) => CANARY.padEnd(length, "é");
export const sidOf = (prefix: string) => prefix + HEX_CANARY.padEnd(32, "0");
/** Attributes one byte above the limit as JSON text, although well below it in characters. */
export const heavy = (limit: number) => ({ [CANARY]: "é".repeat((limit - 14) / 2).concat("ee") });
export const timestamps: Args = { dateCreated: CANARY, dateUpdated: `2026-13-01T00:00:00Z ${CANARY}` };
export const everywhere: Args = { serviceSid: sidOf("MB"), account: `1 ${CANARY}`, adopt: CANARY };
export const everywhereProblems: Problem[] = [
  ["dateCreated", 50308],
  ["dateUpdated", 50309],
  ["serviceSid", 50050],
  ["account"],
  ["adopt"],
];
