import { CodedError } from "../rules/errors";
import type { Form } from "../rules/world";
import type { AccountState } from "../state/account-state";
import type { Courier } from "./delivery";
import {
  askingEvent,
  conversationSubject,
  fieldsAsked,
  type Subject,
  stateEvents,
  tellingEvents,
  type WebhookEvent,
} from "./subject";
import { askedTarget, toldTargets } from "./subscription";

const changeable: Record<string, string> = {
  body: "Body",
  author: "Author",
  attributes: "Attributes",
  friendly_name: "FriendlyName",
  unique_name: "UniqueName",
};

/** Fires the webhooks of API writes: one pre-event before, any number of post-events after. */
export class Webhooks {
  constructor(readonly courier: Courier) {}

  /**
   * Calls the pre-webhook, if there is one. A 4xx refuses the change, a JSON object in a 200 alters it, and no answer
   * lets it pass. Returns the form to continue with; undefined without a pre-webhook. `known` are the route's fields;
   * anything else in the answer is ignored.
   */
  ask(
    account: AccountState,
    asked: WebhookEvent,
    known: readonly string[],
    form: Form,
  ): Promise<Form> | undefined {
    const { verb } = asked;
    const subject = asked.subject();
    const event = askingEvent(subject, verb);
    const target = event === undefined ? undefined : askedTarget(account, subject.serviceSid, event);
    if (event === undefined || !target) return undefined;
    const sent = Object.fromEntries([...form].map(([name, texts]) => [name, texts.join(",")]));
    const fields = { ...shared(subject), ...fieldsAsked(subject, verb), ...sent };
    return this.courier.send(account, target, event, fields).then(({ status, body }) => {
      if (status !== undefined && status >= 400 && status < 500) throw new CodedError(50056);
      return status === 200 ? changed(form, body, known) : form;
    });
  }

  /**
   * Call this before a change, which may remove its own receivers. The function returned fires the post-events; it
   * ignores their answers and never throws.
   */
  watch(account: AccountState, event: WebhookEvent): () => void {
    const before = event.subject();
    const scoped = [...account.scopedWebhooks.inGroup(before.conversationSid ?? "")];
    const parent = event.verb === "Add" && before.noun === "Message" ? parentOf(account, before) : undefined;
    return () => {
      const after = event.subject();
      const tellings = tellingEvents(before, after, event.verb);
      // A message activates an inactive conversation.
      if (parent) tellings.push(...stateEvents(parent, parentOf(account, before) ?? parent, "EVENT"));
      for (const [name, fields] of tellings) {
        try {
          for (const target of toldTargets(account, after.serviceSid, scoped, name, fields))
            void this.courier.send(account, target, name, { ...shared(after), ...fields });
        } catch (error) {
          this.courier.fail(name, error);
        }
      }
    };
  }
}

function parentOf(account: AccountState, { conversationSid = "" }: Subject): Subject | undefined {
  const row = account.conversations.get(conversationSid);
  return row && conversationSubject(row);
}

function shared(subject: Subject): Record<string, string> {
  return { ChatServiceSid: subject.serviceSid, Source: "API" };
}

function changed(form: Form, body: string, known: readonly string[]): Form {
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
    if (name !== undefined && known.includes(name) && typeof value === "string") merged.set(name, [value]);
  }
  return merged;
}
