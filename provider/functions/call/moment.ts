import { z } from "zod";
import { constrained, timestamp } from "../../core/definition/constraint";
import type { Json } from "../../core/json";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A bound of a time span: a date and time in ISO 8601, or a day. */
export function moment(twilioCode: number) {
  const time = timestamp(twilioCode);
  return constrained(z.string(), (value) =>
    time.safeParse(DAY.test(value) ? `${value}T00:00:00Z` : value).success
      ? undefined
      : {
          message: "is neither an ISO 8601 date nor a date and time",
          twilioCode,
          hint: "Write it as 2026-01-31 or 2026-01-31T12:00:00Z.",
        },
  );
}

/** The bound for Twilio, in UTC: a day starts with its first second and ends with its last. */
export function momentText(value: Json | undefined, side: "start" | "end"): string | undefined {
  if (typeof value !== "string") return undefined;
  if (DAY.test(value)) return `${value}T${side === "start" ? "00:00:00" : "23:59:59"}Z`;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
