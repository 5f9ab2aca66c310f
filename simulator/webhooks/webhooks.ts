import { CodedError } from "../rules/errors";
import type { Form } from "../rules/world";
import type { AccountState } from "../state/account-state";
import type { Courier } from "./delivery";
import { askingEvent, type Subject, tellingEvents, type Verb } from "./subject";
import { askedTarget, toldTargets } from "./subscription";

const changeable: Record<string, string> = {
  body: "Body",
  author: "Author",
  attributes: "Attributes",
  friendly_name: "FriendlyName",
  unique_name: "UniqueName",
};

/** The events of the API's writes: one question before, any number of messages after. */
export class Webhooks {
  constructor(readonly courier: Courier) {}

  /**
   * Asks the pre-webhook, if there is one. A 4xx refuses the change, a JSON object in a 200 alters it, and
   * no answer lets it pass. Gives the form to go on with, or undefined when nobody was asked.
   */
  async ask(account: AccountState, subject: Subject, verb: Verb, form: Form): Promise<Form | undefined> {
    const event = askingEvent(subject, verb);
    const target = event === undefined ? undefined : askedTarget(account, subject.serviceSid, event);
    if (event === undefined || !target) return undefined;
    const sent = Object.fromEntries([...form].map(([name, texts]) => [name, texts.join(",")]));
    const fields = { ...shared(subject), ...subject.fields, ...sent };
    const { status, body } = await this.courier.send(account, target, event, fields);
    if (status !== undefined && status >= 400 && status < 500) throw new CodedError(50056);
    return status === 200 ? changed(form, body) : form;
  }

  /** Tells of a change; the answers of those who are told matter to nobody. */
  tell(account: AccountState, before: Subject, after: Subject, verb: Verb): void {
    for (const [event, fields] of tellingEvents(before, after, verb)) {
      const targets = toldTargets(account, after.serviceSid, after.conversationSid, event, fields);
      for (const target of targets)
        void this.courier.send(account, target, event, { ...shared(after), ...fields });
    }
  }
}

function shared(subject: Subject): Record<string, string> {
  return { ChatServiceSid: subject.serviceSid, Source: "API" };
}

function changed(form: Form, body: string): Form {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return form;
  }
  if (typeof answer !== "object" || answer === null) return form;
  const merged = new Map(form);
  for (const [key, value] of Object.entries(answer)) {
    const name = Object.hasOwn(changeable, key) ? changeable[key] : undefined;
    if (name !== undefined && typeof value === "string") merged.set(name, [value]);
  }
  return merged;
}
