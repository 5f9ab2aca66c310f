import type { SimulatorOptions } from "../../../simulator";

/** Whose SIDs are others, the default service's too. */
export const OTHER_ACCOUNT = {
  accountSid: `AC${"2".repeat(32)}`,
  defaultServiceSid: `IS${"2".repeat(32)}`,
};

export const WITH_GROUP_MMS: SimulatorOptions = { switches: { groupMms: true } };

/** What has stood longer than an adoption looks back is nobody's interrupted run. */
export const STANDING_MS = 2 * 3_600_000;
