import type { Simulator } from "../../../../simulator";
import { TwilioAccount } from "../../../support/twilio-account";
import { reviewedKinds } from "../../../types";
import type { ReviewedKind } from "../../../types/reviewed";
import type { Cell, World } from "./cell";
import { columns } from "./columns";

/** Makes what the cells of one table live in, each its own. */
export class Worlds {
  /** Credentials of the accounts that were made, for the programs. */
  readonly environment: Record<string, string> = {};
  /** By the names that programs give them. */
  readonly accounts = new Map<string, TwilioAccount>();
  private count = 0;
  private shared: Promise<Record<string, string>> | undefined;
  private readonly main: TwilioAccount;

  constructor(private readonly simulator: Simulator) {
    this.main = new TwilioAccount(simulator);
  }

  /** The cells of these kinds and columns, as far as there are such. */
  async cells(isChosen: (title: string) => boolean): Promise<Cell[]> {
    const cells: Cell[] = [];
    for (const kind of reviewedKinds())
      for (const [name, column] of Object.entries(columns)) {
        const title = `${kind.name}: ${name}`;
        if (!isChosen(title) || kind.refuses?.includes(name)) continue;
        const world = await this.world(kind.needs);
        await kind.prepare?.(world);
        const course = await column(kind, world);
        if (course !== undefined) cells.push({ title, world, ...course });
      }
    return cells;
  }

  async world(needs?: ReviewedKind["needs"]): Promise<World> {
    const label = `c${String(++this.count).padStart(4, "0")}`;
    if (needs === "account") return this.withAccounts(label);
    const account = this.main;
    const place = needs === "service" ? (await account.service(label)).sid : undefined;
    const servicePath = place === undefined ? "" : `/Services/${place}`;
    const roles = place === undefined ? await this.sharedRoles() : await this.roles(label, servicePath);
    const elsewhere = (await account.service(`${label} elsewhere`)).sid;
    const foreigner =
      needs === "service" ? await account.role("foreigner", `/Services/${elsewhere}`) : undefined;
    const conversations: Record<string, string> =
      needs === "service"
        ? {}
        : {
            desk: (await account.conversation(`${label}-desk`)).sid,
            room: (await account.conversation(`${label}-room`)).sid,
          };
    const sids = {
      ...roles,
      ...conversations,
      elsewhere,
      ...(place !== undefined && { service: place }),
      ...(foreigner && { foreigner: foreigner.sid }),
    };
    return { label, account, accounts: [], servicePath, sids };
  }

  private withAccounts(label: string): World {
    const names = [`${label}a`, `${label}b`] as const;
    const [first] = names.map((name) => {
      const { accountSid, authToken } = this.simulator.addAccount();
      const prefix = `TWILIO_${name.toUpperCase()}_`;
      this.environment[`${prefix}ACCOUNT_SID`] = accountSid;
      this.environment[`${prefix}AUTH_TOKEN`] = authToken;
      const account = new TwilioAccount(this.simulator, { ...this.simulator.account, accountSid, authToken });
      this.accounts.set(name, account);
      return account;
    });
    return { label, account: first ?? this.main, accounts: names, servicePath: "", sids: {} };
  }

  private sharedRoles(): Promise<Record<string, string>> {
    this.shared ??= this.roles("shared", "");
    return this.shared;
  }

  private async roles(label: string, servicePath: string): Promise<Record<string, string>> {
    const role = (name: string, type: string, permission: string) =>
      this.main.post(`${servicePath}/Roles`, {
        FriendlyName: `${label} ${name}`,
        Type: type,
        Permission: permission,
      });
    const rows = {
      agent: await role("agent", "conversation", "sendMessage"),
      lead: await role("lead", "conversation", "sendMessage"),
      clerk: await role("clerk", "service", "createConversation"),
      manager: await role("manager", "service", "createConversation"),
    };
    return Object.fromEntries(Object.entries(rows).map(([name, { sid }]) => [name, sid]));
  }

  accountOf(name: unknown): TwilioAccount {
    return this.accounts.get(String(name)) ?? this.main;
  }
}
