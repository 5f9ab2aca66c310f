import { planService } from "./resources/service";
import type { World } from "./rules/world";
import { SidSource } from "./sid";
import { type Account, AccountState } from "./state/account-state";

/**
 * The default account of a program under test, the same in every run. Token and secret have Twilio's form: some clients
 * refuse any other.
 */
export const defaultAccount: Account = {
  accountSid: `AC${"0".repeat(31)}1`,
  authToken: "0123456789abcdef0123456789abcdef",
  apiKey: `SK${"0".repeat(31)}1`,
  apiSecret: "SimulatorApiSecret0123456789abcd",
  defaultServiceSid: `IS${"0".repeat(31)}1`,
};

/** Their values in 0.1.0: still accepted, no longer shown. */
const former = { authToken: "simulator-auth-token", apiSecret: "simulator-api-secret" };

/** All accounts of one simulator. They share only the clock. */
export class Accounts {
  readonly #states = new Map<string, AccountState>();

  constructor(readonly world: World) {}

  get default(): AccountState {
    const [first] = this.#states.values();
    if (!first) throw new Error("the simulator has no account");
    return first;
  }

  all(): AccountState[] {
    return [...this.#states.values()];
  }

  /**
   * Adds an account with its default service; generates what is not given. An existing account keeps its objects and
   * takes the given credentials.
   */
  add(partial: Partial<Account> = {}): AccountState {
    const { sids } = this.world;
    const present = this.#states.get(partial.accountSid ?? "");
    if (present) {
      const { authToken, apiKey, apiSecret } = { ...present.account, ...partial };
      Object.assign(present.account, { authToken, apiKey, apiSecret });
      return present;
    }
    const account: Account = {
      accountSid: sids.next("AC"),
      authToken: sids.next("").slice(0, 32),
      apiKey: sids.next("SK"),
      apiSecret: sids.next("").slice(0, 32),
      defaultServiceSid: sids.next("IS"),
      ...partial,
    };
    const state = this.#found(account);
    this.#states.set(account.accountSid, state);
    return state;
  }

  /** Replaces an account's state. */
  replace(state: AccountState): void {
    for (const kind of ["authToken", "apiSecret"] as const)
      if (state.account[kind] === former[kind]) state.account[kind] = defaultAccount[kind];
    this.#states.set(state.account.accountSid, state);
  }

  /** Empties every account except its default service and that service's roles. */
  reset(): void {
    for (const { account } of this.all()) this.#states.set(account.accountSid, this.#found(account));
  }

  /** The account of these credentials: account SID and token, or API key and secret. */
  authenticated(user: string, password: string): AccountState | undefined {
    return this.all().find(
      ({ account }) =>
        (user === account.accountSid && isAccepted(account, "authToken", password)) ||
        (user === account.apiKey && isAccepted(account, "apiSecret", password)),
    );
  }

  /** Gives an account the same role SIDs each time, so that a reset changes none. */
  #found(account: Account): AccountState {
    const sids = new SidSource(Number.parseInt(account.accountSid.slice(-8), 16) || 0);
    const state = new AccountState(
      account,
      {
        account_sid: account.accountSid,
        default_chat_service_sid: account.defaultServiceSid,
        default_messaging_service_sid: sids.next("MG"),
        default_inactive_timer: null,
        default_closed_timer: null,
      },
      {
        account_sid: account.accountSid,
        pre_webhook_url: null,
        post_webhook_url: null,
        filters: null,
        method: "POST",
        target: "webhook",
      },
    );
    const founding = {
      account: state,
      clock: this.world.clock,
      newSid: (prefix: string) => sids.next(prefix),
    };
    planService(founding, "Default Conversations Service", account.defaultServiceSid).commit();
    return state;
  }
}

function isAccepted(account: Account, kind: keyof typeof former, password: string): boolean {
  if (password === account[kind]) return true;
  return account[kind] === defaultAccount[kind] && password === former[kind];
}
