export type { ChangeOptions, Row, RowPrefix } from "./control/rows";
export type {
  Seed,
  SeedConversation,
  SeedParticipant,
  SeedRole,
  SeedService,
  SeedUser,
} from "./control/seed-file";
export type { Fault, FaultKind } from "./faults/fault";
export type { RequestRecord } from "./http/request-log";
export { UsageError } from "./rules/errors";
export type { Limits, Switches } from "./rules/switches";
export { type RunFlags, runSimulator, simulatorOptions } from "./run";
export { startSimulator } from "./simulator";
export type { Simulator, SimulatorOptions } from "./simulator-types";
export type { Account } from "./state/account-state";
export type { Delivery } from "./webhooks/delivery";
