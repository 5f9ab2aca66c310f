import type { Simulator } from "../../../simulator";
import { UsageError } from "../../../simulator/rules/errors";
import { TwilioAccount } from "../../support/twilio-account";
import { type AccountRecipe, IN_ACCOUNT, type ServiceRecipe } from "./account-recipe";
import { type ConversationRecipe, IN_CONVERSATION } from "./conversation-recipe";
import type { Form } from "./forms";

/** Makes of an empty account what a recipe says. What Twilio would refuse is not made: that is chance, too. */
export class AccountMaker {
  private readonly account: TwilioAccount;
  /** By operation, the fields that Twilio has taken. */
  readonly taken = new Map<string, Set<string>>();

  constructor(private readonly simulator: Simulator) {
    this.account = new TwilioAccount(simulator);
  }

  async make(recipe: AccountRecipe): Promise<void> {
    this.pass();
    await this.send("/Configuration", recipe.configuration);
    await this.send("/Configuration/Webhooks", recipe.webhooks);
    const services: string[] = [];
    for (const [at, service] of recipe.services.entries()) {
      const sid =
        at === 0 ? this.simulator.account.defaultServiceSid : await this.send("/Services", service.form);
      if (sid === undefined) continue;
      services.push(sid);
      this.pass();
      await this.fill(`/Services/${sid}`, sid, service);
    }
    const referring = (form: Form) => replaced(form, /^@IS:(\d+)$/, services);
    for (const [kind, path] of IN_ACCOUNT)
      for (const form of recipe[kind]) await this.send(path, referring(form));
    for (const { prefix, place, fields } of recipe.oddities)
      this.change(this.simulator.rows(prefix), place, fields);
    const chosen = services[recipe.defaultService % services.length];
    if (chosen !== undefined) await this.send("/Configuration", { DefaultChatServiceSid: chosen });
    this.pass();
  }

  /** People do one thing after the other, and Twilio's dates are in whole seconds. */
  private pass(): void {
    this.simulator.clock.advance(60_000);
  }

  private async fill(at: string, sid: string, service: ServiceRecipe): Promise<void> {
    for (const form of service.roles) await this.send(`${at}/Roles`, form);
    const roles = this.simulator.roles().filter((row) => row["chat_service_sid"] === sid);
    for (const { place, form } of service.changedRoles)
      await this.send(`${at}/Roles/{sid}`, form, roles[place % roles.length]?.sid);
    const referring = (form: Form) =>
      ["conversation", "service"].reduce((replacing, type) => {
        const sids = roles.filter((row) => row["type"] === type).map((row) => row.sid);
        return replaced(replacing, new RegExp(`^@${type}:(\\d+)$`), sids);
      }, form);
    for (const form of service.users) await this.send(`${at}/Users`, referring(form));
    for (const one of service.conversations) await this.converse(at, one, referring);
    // Those who came before have the defaults of that time.
    await this.send(`${at}/Configuration`, referring(service.configuration));
    await this.send(`${at}/Configuration/Notifications`, service.notifications);
    await this.send(`${at}/Configuration/Webhooks`, service.webhooks);
    for (const { participants } of service.conversations.slice(0, 1)) {
      const late = await this.send(`${at}/Conversations`, {});
      if (late !== undefined)
        for (const form of participants)
          await this.send(`${at}/Conversations/{sid}/Participants`, referring(form), late);
    }
  }

  private async converse(
    at: string,
    recipe: ConversationRecipe,
    referring: (form: Form) => Form,
  ): Promise<void> {
    const sid = await this.send(`${at}/Conversations`, recipe.form);
    if (sid === undefined) return;
    const within = `${at}/Conversations/{sid}`;
    for (const [kind, path] of IN_CONVERSATION)
      for (const form of recipe[kind]) await this.send(`${within}/${path}`, referring(form), sid);
    const members = this.simulator.participants(sid);
    for (const { place, member, user } of recipe.later) {
      const row = members[place % members.length];
      if (row === undefined) continue;
      await this.send(`${within}/Participants/${row.sid}`, member, sid);
      const identity = row["identity"];
      const who = this.simulator
        .users()
        .find((one) => one["identity"] === identity && at.endsWith(String(one["chat_service_sid"])));
      if (who !== undefined) await this.send(`${at}/Users/${who.sid}/Conversations/{sid}`, user, sid);
    }
    await this.send(within, recipe.end, sid);
  }

  /** The SID of what was made or changed; none where Twilio refused. */
  private async send(template: string, form: Form, sid = ""): Promise<string | undefined> {
    const isUpdate = /\{sid\}$|Configuration|\/(MB|US)\w{32}/.test(template);
    if (isUpdate && Object.keys(form).length === 0) return undefined;
    const body = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, [value].flat()]));
    const row = await this.account.post(template.replace("{sid}", sid), body).catch(() => undefined);
    if (row === undefined) return undefined;
    const operation = template.replace(/\/[A-Z]{2}\w{32}/g, "/{sid}");
    this.taken.set(operation, new Set([...(this.taken.get(operation) ?? []), ...Object.keys(form)]));
    return row.sid;
  }

  private change(
    rows: readonly { sid: string }[],
    place: number,
    fields: Readonly<Record<string, unknown>>,
  ): void {
    const row = rows[place % rows.length];
    if (row === undefined) return;
    try {
      this.simulator.change(row.sid, fields);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
    }
  }
}

function replaced(form: Form, pattern: RegExp, sids: readonly string[]): Form {
  const values = Object.entries(form).map(([name, value]) => {
    const [, at] = (typeof value === "string" && pattern.exec(value)) || [];
    return [name, at === undefined ? value : (sids[Number(at) % sids.length] ?? value)];
  });
  return Object.fromEntries(values);
}
