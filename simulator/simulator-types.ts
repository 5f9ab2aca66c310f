import type { ChangeOptions, Row, RowPrefix } from "./control/rows";
import type { Seed } from "./control/seed-file";
import type { Fault } from "./faults/fault";
import type { RequestRecord } from "./http/request-log";
import type { Limits, Switches } from "./rules/switches";
import type { Account } from "./state/account-state";
import type { Delivery } from "./webhooks/delivery";

export interface SimulatorOptions {
  /** 0, the default, takes any free port; of several, the first that is free is taken. */
  port?: number | readonly number[];
  /** 127.0.0.1 unless told. */
  host?: string;
  /** Names besides loopback's and `host` under which it may be asked: of a container, for example. */
  allowHosts?: string[];
  seed?: Seed;
  /** The time that each operation takes. */
  latencyMs?: number;
  /** `twilio` for the published limits, or so many writes a second per conversation and service. */
  rateLimit?: "off" | "twilio" | number;
  faults?: Fault[];
  /** Where the clock starts, in ms since 1970; now unless told. It runs on from there. */
  nowMs?: number;
  switches?: Partial<Switches>;
  limits?: Partial<Limits>;
  /** Replaces parts of the default account. */
  account?: Partial<Account>;
  /** Keeps the store in this file across restarts; the seed is planted only when the file is new. */
  dataFile?: string;
  /** Hosts besides loopback that webhooks may go to. */
  allowWebhookHosts?: string[];
  /** Makes the SIDs the same in every run; random unless told. */
  randomSeed?: number;
}

/** A running simulator. What is changed here is not an API request and is not in `requests()`. */
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
  /** All rows of the default account whose SIDs start so: "WH", "IG", "CR", "IM", … */
  rows(prefix: RowPrefix): Row[];
  /**
   * What an object of the default account was given and Twilio never tells: a conversation's timers in ms, a message's
   * subject, a credential's secrets, which a data file does not keep.
   */
  untold(sid: string): Record<string, unknown>;
  /** A further account with its own default service, isolated from the others. */
  addAccount(account?: Partial<Account>): Account;
  /**
   * Sets fields of an object behind the program's back: snake_case, attributes as text. The SID of a service
   * or of the account reaches their configurations too. Attributes that Twilio would refuse are refused here too,
   * unless `uncheckedAttributes` says that a test means them.
   */
  change(sid: string, fields: Record<string, unknown>, options?: ChangeOptions): Row;
  /** Deletes an object behind the program's back, with what hangs on it. */
  remove(sid: string): void;
  seed(seed: Seed): void;
  /** Back to an empty store with the default service and its roles; no faults, an empty log. */
  reset(): void;
  addFault(fault: Fault): void;
  clearFaults(): void;
  /** The faults that are armed, with how often each was met and hit. */
  faults(): { fault: Fault; seen: number; hits: number }[];
  /** The webhooks that were sent or held back, oldest first, once none is under way. */
  deliveries(): Promise<Delivery[]>;
  readonly clock: { nowMs(): number; set(ms: number): void; advance(ms: number): void };
  close(): Promise<void>;
}
