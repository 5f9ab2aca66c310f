import type { ChangeOptions, Row, RowPrefix } from "./control/rows";
import type { Seed } from "./control/seed-file";
import type { Fault } from "./faults/fault";
import type { RequestRecord } from "./http/request-log";
import type { Limits, Switches } from "./rules/switches";
import type { Account } from "./state/account-state";
import type { Delivery } from "./webhooks/delivery";

export interface SimulatorOptions {
  /** 0, the default, takes any free port; of several, the first free one. */
  port?: number | readonly number[];
  /** 127.0.0.1 by default. */
  host?: string;
  /** Further host names it answers to, for example a container's. */
  allowHosts?: string[];
  seed?: Seed;
  /** The duration of each operation. */
  latencyMs?: number;
  /** `twilio` for the published limits, or a number of writes a second per conversation and service. */
  rateLimit?: "off" | "twilio" | number;
  faults?: Fault[];
  /** The clock's start in ms since 1970; by default now. It runs on from there. */
  nowMs?: number;
  switches?: Partial<Switches>;
  limits?: Partial<Limits>;
  /** Replaces parts of the default account. */
  account?: Partial<Account>;
  /** Keeps the store in this file across restarts; the seed applies only to a new file. */
  dataFile?: string;
  /** Hosts besides loopback that webhooks may go to. */
  allowWebhookHosts?: string[];
  /** Makes SIDs the same in every run; random by default. */
  randomSeed?: number;
}

/** A running simulator. Changes made here are no API requests and not in `requests()`. */
export interface Simulator {
  readonly url: string;
  readonly account: Account;
  /** TWILIO_CONVERSATIONS_URL, TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN for a program under test. */
  readonly env: Record<string, string>;
  /** The requests to the API, oldest first. */
  requests(): RequestRecord[];
  clearRequests(): void;
  /** The rows of the default account, over all services, as Twilio's JSON. */
  conversations(): Row[];
  /** All participants, or those of the conversation with this SID or unique name. */
  participants(conversation?: string): Row[];
  roles(): Row[];
  users(): Row[];
  services(): Row[];
  /** All rows of the default account with this SID prefix: "WH", "IG", "CR", "IM", … */
  rows(prefix: RowPrefix): Row[];
  /**
   * Values that an object of the default account was given and Twilio never returns: a conversation's timers in ms, a
   * message's subject, a credential's secrets. A data file does not keep the secrets.
   */
  untold(sid: string): Record<string, unknown>;
  /** Adds an account with its own default service, isolated from the others. */
  addAccount(account?: Partial<Account>): Account;
  /**
   * Sets fields of an object behind the program's back: snake_case, attributes as text. The SID of a service or of the
   * account reaches its configurations too. Refuses attributes that Twilio would refuse, unless `uncheckedAttributes`
   * allows them for a test.
   */
  change(sid: string, fields: Record<string, unknown>, options?: ChangeOptions): Row;
  /** Deletes an object and its dependents behind the program's back. */
  remove(sid: string): void;
  seed(seed: Seed): void;
  /** Resets to an empty store with the default service and its roles, without faults, with an empty log. */
  reset(): void;
  addFault(fault: Fault): void;
  clearFaults(): void;
  /** The armed faults, with how often each was met and hit. */
  faults(): { fault: Fault; seen: number; hits: number }[];
  /** The webhooks sent or withheld, oldest first; waits until none is under way. */
  deliveries(): Promise<Delivery[]>;
  readonly clock: { nowMs(): number; set(ms: number): void; advance(ms: number): void };
  close(): Promise<void>;
}
