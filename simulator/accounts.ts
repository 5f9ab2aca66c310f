import { planService } from "./resources/service";
import type { World } from "./rules/world";
import { SidSource } from "./sid";
import { type Account, AccountState } from "./state/account-state";

/**
 * The account that a program under test uses unless it asks for another; the same in every run. Token and secret have
 * the form of Twilio's: there are clients that refuse any other.
 */
export const defaultAccount: Account = {
  accountSid: `AC${"0".repeat(31)}1`,
  authToken: "0123456789abcdef0123456789abcdef",
  apiKey: `SK${"0".repeat(31)}1`,
  apiSecret: "SimulatorApiSecret0123456789abcd",
  defaultServiceSid: `IS${"0".repeat(31)}1`,
};

/** What they were in 0.1.0: accepted still, and no longer told. */
const former = { authToken: "simulator-auth-token", apiSecret: "simulator-api-secret" };

/** All accounts of one simulator. They share nothing but the clock. */
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
   * Adds an account with its default service; what is not given is made up. One that is there already keeps
   * all it has and answers to the credentials that are given.
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

  /** Puts an account's state in the place of the one it had. */
  replace(state: AccountState): void {
    for (const kind of ["authToken", "apiSecret"] as const)
      if (state.account[kind] === former[kind]) state.account[kind] = defaultAccount[kind];
    this.#states.set(state.account.accountSid, state);
  }

  /** Empties every account down to its default service and that service's roles. */
  reset(): void {
    for (const { account } of this.all()) this.#states.set(account.accountSid, this.#found(account));
  }

  /** Whose credentials these are: account SID and token, or API key and secret. */
  authenticated(user: string, password: string): AccountState | undefined {
    return this.all().find(
      ({ account }) =>
        (user === account.accountSid && isAccepted(account, "authToken", password)) ||
        (user === account.apiKey && isAccepted(account, "apiSecret", password)),
    );
  }

  /** An account has the same role SIDs each time it is founded, so that a reset changes none. */
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
