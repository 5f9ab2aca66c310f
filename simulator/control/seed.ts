import type { Accounts } from "../accounts";
import { conversationCreate } from "../resources/conversation/conversation";
import { participantCreate } from "../resources/conversation/participant";
import { roleCreate } from "../resources/role";
import { planService } from "../resources/service";
import { userCreate } from "../resources/user";
import { UsageError, underRules } from "../rules/errors";
import type { Call, Plan } from "../rules/world";
import type { AccountState } from "../state/account-state";
import type { ConversationRow, ServiceRow } from "../state/rows";
import { isTaken, sizesOf, takeBack } from "../state/snapshot";
import { type Seed, type SeedFields, type SeedService, seedLists } from "./seed-file";

type Form = Map<string, string[]>;

/**
 * Fills an account from a seed under the API's rules, and refuses what Twilio would refuse. A seed that fails leaves
 * nothing behind.
 */
export function plantSeed(accounts: Accounts, account: AccountState, seed: Seed): void {
  const sizes = sizesOf(account);
  try {
    plant(new Planter(accounts, account), seed);
  } catch (error) {
    takeBack(account, sizes);
    throw error;
  }
}

function plant(planter: Planter, seed: Seed): void {
  const { services, configuration } = planter.account;
  const service = services.get(configuration.default_chat_service_sid);
  if (!service) throw new UsageError("seed: the account has no default service");
  planter.plantService(service, seed, "seed");
  seedLists(seed, "services", "seed").forEach((entry, index) => {
    const place = `seed.services[${index}]`;
    planter.plantService(planter.newService(entry as SeedService, place), entry as SeedService, place);
  });
}

class Planter {
  constructor(
    readonly accounts: Accounts,
    readonly account: AccountState,
  ) {}

  newService(entry: SeedService, place: string): ServiceRow {
    const form = formOf(entry, { friendlyName: "FriendlyName" }, place, [
      "roles",
      "users",
      "conversations",
      "bindings",
    ]);
    const name = form.get("FriendlyName")?.[0];
    if (!name) throw new UsageError(`${place}.friendlyName is missing`);
    const call = this.#call(undefined, new Map(), this.#sidOf(entry, place));
    const plan = planService(call, name);
    plan.commit();
    return plan.row;
  }

  plantService(service: ServiceRow, entry: Seed | SeedService, at: string): void {
    this.#each(entry, "bindings", at, (item, place) => this.#plantBinding(service, item, place));
    this.#each(entry, "roles", at, (item, place) => {
      const names = { friendlyName: "FriendlyName", type: "Type", permissions: "Permission" };
      this.#plant(roleCreate, service, service, item, formOf(item, names, place), place);
    });
    this.#each(entry, "users", at, (item, place) => {
      const names = {
        identity: "Identity",
        friendlyName: "FriendlyName",
        attributes: "Attributes",
        roleSid: "RoleSid",
      };
      this.#plant(userCreate, service, service, item, formOf(item, names, place), place);
    });
    this.#each(entry, "conversations", at, (item, place) => {
      const form = formOf(item, conversationNames, place, ["participants"]);
      const row = this.#plant(conversationCreate, service, service, item, form, place) as ConversationRow;
      this.#each(item, "participants", place, (member, memberPlace) => {
        const memberForm = formOf(member, participantNames, memberPlace, ["role"]);
        this.#nameRole(service, member, memberForm, memberPlace);
        this.#plant(participantCreate, service, row, member, memberForm, memberPlace);
      });
    });
  }

  #plantBinding(service: ServiceRow, item: SeedFields, place: string): void {
    const { clock, sids } = this.accounts.world;
    const { identity, bindingType } = item;
    if (typeof identity !== "string") throw new UsageError(`${place}.identity is missing`);
    if (typeof bindingType !== "string") throw new UsageError(`${place}.bindingType is missing`);
    this.account.bindings.insert({
      sid: this.#sidOf(item, place) ?? this.#newSid("BS"),
      order: 0,
      account_sid: service.account_sid,
      chat_service_sid: service.sid,
      endpoint: String(item["endpoint"] ?? `${bindingType}:${identity}`),
      identity,
      binding_type: bindingType,
      credential_sid: String(item["credentialSid"] ?? sids.next("CR")),
      message_types: Array.isArray(item["messageTypes"]) ? item["messageTypes"].map(String) : ["new_message"],
      date_created: clock.nowText(),
      date_updated: clock.nowText(),
    });
  }

  #each(entry: SeedFields, key: string, at: string, plant: (item: SeedFields, place: string) => void): void {
    seedLists(entry, key, at).forEach((item, index) => {
      plant(item, `${at}.${key}[${index}]`);
    });
  }

  #plant<T>(
    create: { plan(call: Call, target: T): Plan },
    service: ServiceRow,
    target: T,
    item: SeedFields,
    form: Form,
    place: string,
  ): unknown {
    return underRules(place, () => {
      const plan = create.plan(this.#call(service, form, this.#sidOf(item, place)), target);
      plan.commit();
      return plan.row;
    });
  }

  /** A seed may give a participant's role by its friendly name. */
  #nameRole(service: ServiceRow, member: SeedFields, form: Form, place: string): void {
    const name = member["role"];
    if (name === undefined) return;
    const role = this.account.roles.inGroup(service.sid).find((row) => row.friendly_name === name);
    if (!role) throw new UsageError(`${place}.role: no role has this friendlyName`);
    form.set("RoleSid", [role.sid]);
  }

  /** The SID that an entry asks for; it must be free. */
  #sidOf({ sid }: SeedFields, place: string): string | undefined {
    if (typeof sid !== "string") return undefined;
    const isThere = [this.account, ...this.accounts.all()].some((account) => isTaken(account, sid));
    if (isThere) throw new UsageError(`${place}.sid: ${sid} exists already`);
    return sid;
  }

  #newSid(prefix: string): string {
    return this.accounts.world.sids.nextFree(prefix, (sid) => isTaken(this.account, sid));
  }

  #call(service: ServiceRow | undefined, form: Form, wanted: string | undefined): Call {
    const { world } = this.accounts;
    const some = service ?? this.account.services.all()[0];
    if (!some) throw new UsageError("seed: the account has no service");
    return {
      ...world,
      account: this.account,
      service: some,
      scoped: false,
      base: "",
      origin: "",
      path: "",
      shownPath: "",
      parameters: {},
      form,
      query: new Map(),
      newSid: (prefix) => (wanted?.startsWith(prefix) ? wanted : this.#newSid(prefix)),
    };
  }
}

const conversationNames = {
  friendlyName: "FriendlyName",
  uniqueName: "UniqueName",
  attributes: "Attributes",
  messagingServiceSid: "MessagingServiceSid",
  state: "State",
  dateCreated: "DateCreated",
  dateUpdated: "DateUpdated",
  "timers.inactive": "Timers.Inactive",
  "timers.closed": "Timers.Closed",
  "bindings.email.address": "Bindings.Email.Address",
  "bindings.email.name": "Bindings.Email.Name",
};
const participantNames = {
  identity: "Identity",
  attributes: "Attributes",
  roleSid: "RoleSid",
  dateCreated: "DateCreated",
  dateUpdated: "DateUpdated",
  "messagingBinding.address": "MessagingBinding.Address",
  "messagingBinding.proxyAddress": "MessagingBinding.ProxyAddress",
  "messagingBinding.projectedAddress": "MessagingBinding.ProjectedAddress",
};

/** An entry as the form that would create it; refuses unknown names. */
function formOf(entry: SeedFields, names: Record<string, string>, place: string, lists: string[] = []): Form {
  const form: Form = new Map();
  const add = (path: string, value: unknown): void => {
    const name = Object.hasOwn(names, path) ? names[path] : undefined;
    if (name !== undefined) form.set(name, textsOf(value, name));
    else if (Object.keys(names).some((known) => known.startsWith(`${path}.`)) && isObject(value)) {
      for (const [key, inner] of Object.entries(value)) add(`${path}.${key}`, inner);
    } else throw new UsageError(`${place}.${path} is not known`);
  };
  for (const [key, value] of Object.entries(entry)) {
    if (key === "sid" || lists.includes(key) || value === undefined || value === null) continue;
    add(key, value);
  }
  return form;
}

function textsOf(value: unknown, name: string): string[] {
  if (name === "Attributes") return [typeof value === "string" ? value : JSON.stringify(value)];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
