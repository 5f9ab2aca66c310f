import type { JsonObject } from "../../../provider/core/json";
import type { Life } from "../../fault/life";
import { type Row, TwilioAccount } from "../../support/twilio-account";
import { type Outside, type Spelling, UNIQUE_NAMES } from "./moves-case";

type Group = `${"main" | "sub"} ${"default" | "other"}`;

/** Somebody who is in a conversation. */
export interface Member {
  readonly sid: string;
  /** The conversation and the identity. */
  readonly who: string;
}

/** Conversations of the same names in two services of two accounts. */
export class MovesPlaces {
  readonly #conversations = new Map<string, string>();
  /** What each unique name means by now. */
  readonly #meanings = new Map<string, string>();
  readonly #services = new Map<Group, string>();

  private constructor(
    private readonly life: Life,
    private readonly number: number,
    readonly sub: TwilioAccount,
  ) {}

  static async make(life: Life, number: number): Promise<MovesPlaces> {
    const sub = new TwilioAccount(life.simulator, life.simulator.addAccount());
    const places = new MovesPlaces(life, number, sub);
    await places.#fill("main", life.account);
    await places.#fill("sub", sub);
    return places;
  }

  async #fill(of: "main" | "sub", account: TwilioAccount): Promise<void> {
    const services = { default: account.account.defaultServiceSid, other: (await account.service("x")).sid };
    for (const service of ["default", "other"] as const) {
      const group: Group = `${of} ${service}`;
      this.#services.set(group, services[service]);
      for (const at of UNIQUE_NAMES.keys()) {
        const { sid } = await account.conversation(this.nameOf(at), `/Services/${services[service]}`);
        this.#conversations.set(`${group} ${at}`, sid);
        this.#meanings.set(`${group} ${at}`, sid);
      }
    }
  }

  nameOf(at: number): string {
    return `${UNIQUE_NAMES[at]}-${this.number}`;
  }

  /** The SID of what is spelled so, as names are now. */
  sidOf(at: Spelling): string {
    const known = at.by === "sid" ? this.#conversations : this.#meanings;
    return known.get(`${groupOf(at)} ${at.name}`) ?? "";
  }

  /** What a program says of it. */
  inputsOf(at: Spelling): JsonObject {
    return {
      conversationSid: at.by === "sid" ? this.sidOf(at) : this.nameOf(at.name),
      ...(at.service !== "left out" && { serviceSid: this.#services.get(groupOf(at)) ?? "" }),
      ...(at.account !== "main" && { account: at.account }),
    };
  }

  exchangeNames({ account, service }: NonNullable<Outside["exchange"]>): void {
    const { simulator } = this.life;
    const keys = UNIQUE_NAMES.map((_, at) => `${account} ${service} ${at}`);
    const sids = keys.map((key) => this.#meanings.get(key) ?? "");
    for (const sid of sids) simulator.change(sid, { unique_name: null });
    for (const [at, sid] of sids.toReversed().entries()) {
      simulator.change(sid, { unique_name: this.nameOf(at) });
      this.#meanings.set(keys[at] ?? "", sid);
    }
  }

  async join(at: Spelling, conversation: string, identity: string): Promise<void> {
    const path = this.#membersPath(groupOf(at), conversation);
    await this.#accountOf(groupOf(at)).post(path, { Identity: identity });
  }

  /** Everybody; the simulator shows the rows of its first account alone. */
  async members(): Promise<Member[]> {
    const lists = [...this.#conversations].map(async ([key, conversation]) => {
      const group = key.slice(0, key.lastIndexOf(" ")) as Group;
      const { participants } = await this.#accountOf(group).get(this.#membersPath(group, conversation));
      return (participants as Row[]).map(({ sid, identity }) => ({
        sid,
        who: `${conversation} ${identity}`,
      }));
    });
    return (await Promise.all(lists)).flat();
  }

  #accountOf(group: Group): TwilioAccount {
    return group.startsWith("sub") ? this.sub : this.life.account;
  }

  #membersPath(group: Group, conversation: string): string {
    return `/Services/${this.#services.get(group)}/Conversations/${conversation}/Participants`;
  }
}

function groupOf({ account, service }: Spelling): Group {
  return `${account === "sub" ? "sub" : "main"} ${service === "other" ? "other" : "default"}`;
}
