import { toDateText } from "../clock";
import type { AccountState } from "../state/account-state";
import type { ConversationRow, Timers } from "../state/rows";

export const minInactiveMs = 60_000;
export const minClosedMs = 600_000;

const pattern =
  /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const dayMs = 86_400_000;
const unitsMs = [365 * dayMs, 30 * dayMs, 7 * dayMs, dayMs, 3_600_000, 60_000, 1_000];
/** The maximum timer, a hundred years, since dates have an end. */
const longestMs = 100 * 366 * dayMs;

/**
 * An ISO-8601 duration in ms (a year as 365 days, a month as 30); undefined if invalid. Twilio documents no other
 * limit.
 */
export function durationMs(text: string): number | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const ms = unitsMs.reduce((sum, unitMs, index) => sum + unitMs * Number(match[index + 1] ?? 0), 0);
  return Math.min(ms, longestMs);
}

/** Restarts both timers from now, as after any activity, for the conversation's state. */
export function startTimers(state: AccountState, conversation: ConversationRow, nowMs: number): void {
  const timers: Timers = {};
  if (conversation.state !== "closed") {
    if (conversation.state === "active" && conversation.inactive_after_ms > 0) {
      timers.date_inactive = toDateText(nowMs + conversation.inactive_after_ms);
    }
    if (conversation.closed_after_ms > 0)
      timers.date_closed = toDateText(nowMs + conversation.closed_after_ms);
  }
  conversation.timers = timers;
  if (Object.keys(timers).length > 0) state.timed.add(conversation);
  else state.timed.delete(conversation);
}

/** Applies every timer that has expired. */
export function runTimers(state: AccountState, nowMs: number): void {
  for (const conversation of state.timed) {
    const { date_inactive: inactive, date_closed: closed } = conversation.timers;
    if (closed !== undefined && Date.parse(closed) <= nowMs) {
      close(state, conversation, closed);
    } else if (inactive !== undefined && Date.parse(inactive) <= nowMs) {
      if (conversation.state === "active")
        state.conversations.patch(conversation, { state: "inactive", date_updated: inactive });
      conversation.timers = closed === undefined ? {} : { date_closed: closed };
      if (closed === undefined) state.timed.delete(conversation);
    }
  }
}

function close(state: AccountState, conversation: ConversationRow, date: string): void {
  state.conversations.patch(conversation, { state: "closed", timers: {}, date_updated: date });
  state.timed.delete(conversation);
}
