import fc from "fast-check";
import {
  type Form,
  filters,
  flow,
  form,
  method,
  moment,
  phone,
  place,
  roleOf,
  several,
  some,
  timer,
  url,
} from "./forms";
import { attributes, oddName } from "./odd-names";

export interface ConversationRecipe {
  readonly form: Form;
  readonly participants: readonly Form[];
  readonly webhooks: readonly Form[];
  readonly messages: readonly Form[];
  /** What is set of a participant later: by its place, and by the user where it is one. */
  readonly later: readonly { readonly place: number; readonly member: Form; readonly user: Form }[];
  /** What becomes of the conversation in the end. */
  readonly end: Form;
}

/** Where the objects of a conversation are made, in this order. */
export const IN_CONVERSATION = [
  ["participants", "Participants"],
  ["webhooks", "Webhooks"],
  ["messages", "Messages"],
] as const;

const besides = form(
  {},
  { Attributes: attributes, RoleSid: roleOf("conversation"), DateCreated: moment, DateUpdated: moment },
);
const people = (maxLength: number, ...kinds: fc.Arbitrary<Form>[]) =>
  several(
    fc.tuple(fc.oneof(...kinds), besides).map(([who, what]) => ({ ...who, ...what })),
    maxLength,
  );
/**
 * Whether Twilio takes both kinds in one conversation depends on which came first, and whether it takes a third number,
 * on who is in other conversations by then.
 */
const participants = fc.oneof(
  {
    weight: 5,
    arbitrary: people(
      5,
      form({ Identity: oddName() }),
      form({ Identity: oddName() }),
      form(
        {
          "MessagingBinding.Address": phone,
          "MessagingBinding.ProxyAddress": some("+15005550001", "+15005550002"),
        },
        { "MessagingBinding.ProxyAddressFallback": some("+15005550003") },
      ),
      form({
        "MessagingBinding.Address": phone.map((it) => `whatsapp:${it}`),
        "MessagingBinding.ProxyAddress": some("whatsapp:+15005550001"),
      }),
      form(
        { "MessagingBinding.Address": some("jane@example.com", "李@例え.jp") },
        {
          "MessagingBinding.Level": some("to", "cc"),
          "MessagingBinding.Name": oddName(),
          "MessagingBinding.Type": some("email"),
        },
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: people(
      2,
      form({ "MessagingBinding.Address": phone }),
      form({ "MessagingBinding.ProjectedAddress": phone }, { Identity: oddName() }),
    ),
  },
);

const scopedWebhook: fc.Arbitrary<Form> = fc.oneof(
  form(
    { Target: some("webhook"), "Configuration.Url": url, "Configuration.Filters": filters },
    { "Configuration.Method": method, "Configuration.ReplayAfter": some("0", "7") },
  ),
  form(
    {
      Target: some("trigger"),
      "Configuration.Url": url,
      "Configuration.Triggers": fc.uniqueArray(oddName(248), { minLength: 1, maxLength: 5 }),
    },
    { "Configuration.Method": method },
  ),
  form({ Target: some("studio"), "Configuration.FlowSid": flow }),
);

const read = { LastReadMessageIndex: some("0", "3"), LastReadTimestamp: moment };

export const conversations: fc.Arbitrary<ConversationRecipe> = fc.record({
  form: form(
    {},
    {
      UniqueName: oddName(),
      FriendlyName: oddName(),
      Attributes: attributes,
      MessagingServiceSid: some(`MG${"b".repeat(32)}`),
      State: some("active", "inactive"),
      "Timers.Inactive": timer,
      "Timers.Closed": timer,
      "Bindings.Email.Address": some("desk@example.com"),
      "Bindings.Email.Name": oddName(),
      DateCreated: moment,
      DateUpdated: moment,
    },
  ),
  participants,
  webhooks: several(scopedWebhook, 3),
  messages: several(form({ Body: oddName() }, { Author: oddName(), Attributes: attributes }), 1),
  later: several(
    fc.record({
      place,
      member: form({}, read),
      user: form({}, { NotificationLevel: some("muted", "default"), ...read }),
    }),
    2,
  ),
  end: fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, form({ State: some("inactive", "closed") })),
});
