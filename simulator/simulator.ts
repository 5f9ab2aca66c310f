import { Accounts, defaultAccount } from "./accounts";
import { Clock } from "./clock";
import { ControlHandler } from "./control/control-handler";
import {
  type ChangeOptions,
  changeRow,
  type Row,
  type RowPrefix,
  removeRow,
  rowsOf,
  untoldOf,
} from "./control/rows";
import { plantSeed } from "./control/seed";
import { type Seed, seedOf } from "./control/seed-file";
import { DataFile } from "./data-file";
import { DataLock } from "./data-lock";
import { type Fault, faultsOf } from "./faults/fault";
import { FaultScript } from "./faults/fault-script";
import { Past } from "./faults/history";
import { type Answer, jsonAnswer } from "./http/answer";
import { CallResolver } from "./http/call-resolver";
import { Door } from "./http/door";
import { FaultInjector } from "./http/fault-injector";
import { RateLimiter } from "./http/rate-limiter";
import { RequestLog, type RequestRecord } from "./http/request-log";
import { RequestPipeline } from "./http/request-pipeline";
import { Router } from "./http/router";
import { type Exchange, HttpServer } from "./http/server";
import { page, pageHeaders } from "./page/page";
import { routes } from "./resources/index";
import { defaultLimits, defaultSwitches } from "./rules/switches";
import { runTimers } from "./rules/timers";
import type { World } from "./rules/world";
import { SidSource } from "./sid";
import type { Simulator, SimulatorOptions } from "./simulator-types";
import type { Account } from "./state/account-state";
import type { JsonObject } from "./state/rows";
import { Courier, type Delivery } from "./webhooks/delivery";
import { Webhooks } from "./webhooks/webhooks";

/** Starts Twilio Conversations v1 on this machine. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const lock = options.dataFile === undefined ? undefined : DataLock.take(options.dataFile);
  try {
    const simulator = new RunningSimulator(options, lock);
    await simulator.listen([options.port ?? 0].flat(), options.host ?? "127.0.0.1");
    return simulator;
  } catch (error) {
    lock?.release();
    throw error;
  }
}

class RunningSimulator implements Simulator {
  readonly clock: Clock;
  readonly account: Account;
  readonly #accounts: Accounts;
  readonly #faults = new FaultScript();
  readonly #past = new Past();
  readonly #log = new RequestLog();
  readonly #courier: Courier;
  readonly #data: DataFile | undefined;
  readonly #server: HttpServer;

  constructor(options: SimulatorOptions, lock: DataLock | undefined) {
    this.clock = new Clock(options.nowMs);
    const world: World = {
      clock: this.clock,
      sids: new SidSource(options.randomSeed),
      switches: { ...defaultSwitches, ...options.switches },
      limits: { ...defaultLimits, ...options.limits },
    };
    this.#accounts = new Accounts(world);
    const { accountSid } = this.#accounts.add({ ...defaultAccount, ...options.account }).account;
    if (lock) this.#data = new DataFile(lock, this.#accounts);
    const isContinued = this.#data?.load() ?? false;
    // An earlier run's store answers to this run's credentials.
    this.account = this.#accounts.add({ ...options.account, accountSid }).account;
    this.#courier = new Courier(options.allowWebhookHosts);
    for (const fault of faultsOf(options.faults ?? [])) this.#faults.add(fault);
    if (options.seed && !isContinued) this.seed(options.seed);
    this.#data?.save();
    this.clock.onMove = () => this.#runTimers();
    const api = new CallResolver(this.#accounts, new Router(routes));
    const limiter = new RateLimiter(options.rateLimit);
    const webhooks = new Webhooks(this.#courier);
    const changed = (): void => this.#data?.changed();
    const { latencyMs = 0 } = options;
    const work = (arrivedAtMs: number): Promise<void> | undefined =>
      latencyMs > 0 ? this.#server.waitUntil(arrivedAtMs + latencyMs) : undefined;
    const operations = new RequestPipeline(api, limiter, webhooks, this.#past, changed, work);
    const twilio = new FaultInjector(operations, this.#faults, this.#log);
    const control = new ControlHandler(() => this, {
      requests: () => this.#log.each(),
      deliveries: () => this.#courier.settled().then(() => this.#courier.each()),
    });
    const door = new Door([options.host ?? [], options.allowHosts ?? []].flat());
    this.#server = new HttpServer(this.clock, world.sids, async (exchange: Exchange) => {
      door.check(exchange.request);
      if (exchange.path === "/" && exchange.method === "GET") this.#server.send(exchange, this.#page());
      // Browsers request it by themselves; keep it out of the log of the program's requests.
      else if (exchange.path === "/favicon.ico") this.#server.send(exchange, jsonAnswer(204, undefined));
      else if (/^\/(_control(\/.*)?)?$/.test(exchange.path)) await control.handle(exchange, this.#server);
      else await twilio.handle(exchange, this.#server);
    });
  }

  get url(): string {
    return this.#server.url;
  }

  get env(): Record<string, string> {
    return {
      TWILIO_CONVERSATIONS_URL: this.url,
      TWILIO_ACCOUNT_SID: this.account.accountSid,
      TWILIO_AUTH_TOKEN: this.account.authToken,
    };
  }

  listen(ports: readonly number[], host: string): Promise<void> {
    return this.#server.listen(ports, host);
  }

  requests(): RequestRecord[] {
    return this.#log.all();
  }

  clearRequests(): void {
    this.#log.clear();
  }

  conversations(): Row[] {
    return this.rows("CH");
  }

  participants(conversation?: string): Row[] {
    const rows = this.rows("MB");
    if (conversation === undefined) return rows;
    const parents = this.rows("CH").filter((row) => row["unique_name"] === conversation);
    const sids = new Set([conversation, ...parents.map((row) => row.sid)]);
    return rows.filter((row) => sids.has(String(row["conversation_sid"])));
  }

  roles(): Row[] {
    return this.rows("RL");
  }

  users(): Row[] {
    return this.rows("US");
  }

  services(): Row[] {
    return this.rows("IS");
  }

  rows(prefix: RowPrefix): Row[] {
    this.#runTimers();
    return rowsOf(this.#accounts.default, this.url, prefix);
  }

  untold(sid: string): JsonObject {
    return untoldOf(this.#accounts.default, sid);
  }

  addAccount(account: Partial<Account> = {}): Account {
    const added = this.#accounts.add(account).account;
    this.#data?.changed();
    return added;
  }

  change(sid: string, fields: Record<string, unknown>, options?: ChangeOptions): Row {
    const row = changeRow(this.#accounts, this.url, sid, fields as JsonObject, options);
    this.#data?.changed();
    return row;
  }

  remove(sid: string): void {
    removeRow(this.#accounts, sid);
    this.#data?.changed();
  }

  seed(seed: Seed): void {
    plantSeed(this.#accounts, this.#accounts.default, seedOf(seed));
    this.#data?.changed();
  }

  reset(): void {
    this.#accounts.reset();
    this.#faults.clear();
    this.#past.forget();
    this.#log.clear();
    this.#courier.clear();
    this.#data?.changed();
  }

  addFault(fault: Fault): void {
    for (const checked of faultsOf([fault])) this.#faults.add(checked);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  faults(): { fault: Fault; seen: number; hits: number }[] {
    return this.#faults.list();
  }

  async deliveries(): Promise<Delivery[]> {
    await this.#courier.settled();
    return this.#courier.all();
  }

  async close(): Promise<void> {
    await this.#server.close();
    await this.#courier.close();
    this.#data?.close();
  }

  /** Runs due timers, as every request does, before access from outside a request. */
  #runTimers(): void {
    for (const account of this.#accounts.all()) runTimers(account, this.clock.nowMs());
  }

  #page(): Answer {
    this.#runTimers();
    const body = page({
      account: this.#accounts.default,
      env: this.env,
      requests: this.#log.last(20),
      total: this.#log.total,
      faults: this.#faults.list(),
      deliveries: this.#courier.all().slice(-20),
      nowMs: this.clock.nowMs(),
    });
    return { status: 200, headers: { ...pageHeaders }, body };
  }
}
