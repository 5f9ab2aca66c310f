import { ApiError, CodedError } from "../../rules/errors";
import { textList } from "../../rules/fields";
import type { Call, Form, Plan } from "../../rules/world";
import type { ConversationRow, ParticipantRow, ServiceRow } from "../../state/rows";
import { conversationSubject } from "../../webhooks/subject";
import { collection, write } from "../collection";
import { conversationFields, planConversation, renderConversation } from "./conversation";
import { plannedMember } from "./participant";

const fields = { ...conversationFields, Participant: textList() };

const names: Record<string, string> = {
  identity: "Identity",
  attributes: "Attributes",
  role_sid: "RoleSid",
  date_created: "DateCreated",
  date_updated: "DateUpdated",
  "messaging_binding.address": "MessagingBinding.Address",
  "messaging_binding.proxy_address": "MessagingBinding.ProxyAddress",
  "messaging_binding.projected_address": "MessagingBinding.ProjectedAddress",
};

/** JSON nested too deeply to serialize again is refused like invalid JSON. */
function nestedText(item: unknown): string {
  try {
    return JSON.stringify(item);
  } catch {
    throw new CodedError(50424, "nested too deeply");
  }
}

/** Turns one participant, given as JSON text, into the form that would create it alone. */
function formOf(text: string): Form {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CodedError(50424, "not JSON");
  }
  const form = new Map<string, string[]>();
  const add = (path: string, item: unknown): void => {
    const name = Object.hasOwn(names, path) ? names[path] : undefined;
    if (name !== undefined) form.set(name, [typeof item === "string" ? item : nestedText(item)]);
    else if (path === "messaging_binding" && typeof item === "object" && item !== null) {
      for (const [key, inner] of Object.entries(item)) add(`${path}.${key}`, inner);
    } else throw new CodedError(50424, `unknown key ${path}`);
  };
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new CodedError(50424);
  for (const [key, item] of Object.entries(value)) add(key, item);
  return form;
}

function planMember(
  call: Call,
  text: string,
  conversation: ConversationRow,
  members: readonly ParticipantRow[],
): Plan<ParticipantRow> {
  const form = formOf(text);
  try {
    return plannedMember.plan({ ...call, form }, { conversation, members }) as Plan<ParticipantRow>;
  } catch (error) {
    if (error instanceof ApiError && error.code === 50416) throw new CodedError(50425, error.message);
    throw error;
  }
}

/**
 * A conversation with up to ten members in one request. Twilio creates the members afterwards; here they exist at once,
 * and only the 202 answer shows the transitional state.
 */
export const conversationWithParticipantsRoutes = collection<ServiceRow, ConversationRow>({
  name: "ConversationWithParticipants",
  scope: "both",
  path: "/ConversationWithParticipants",
  key: "conversations",
  pageSize: { default: 50, max: 100 },
  parent: (call) => call.service,
  create: write(fields, (call, values, service: ServiceRow) => {
    const texts = values.Participant ?? [];
    if (texts.length > call.limits.bulkParticipants)
      throw new CodedError(50426, `${call.limits.bulkParticipants}`);
    const plan = planConversation(call, values, service);
    const members: Plan<ParticipantRow>[] = [];
    for (const text of texts) {
      const earlier = members.map((member) => member.row);
      members.push(planMember(call, text, plan.row, earlier));
    }
    const isPassing = members.length > 0 && call.switches.bulkCreateState === "initializing";
    const shown: ConversationRow = isPassing ? { ...plan.row, state: "initializing" } : plan.row;
    return {
      row: shown,
      status: members.length > 0 ? 202 : 201,
      commit: () => {
        plan.commit();
        for (const member of members) member.commit();
        if (isPassing) shown.timers = plan.row.timers;
      },
    };
  }),
  render: (row, view) => {
    const { links, ...rendered } = renderConversation(row, view);
    const { export: _export, ...shared } = links as Record<string, string>;
    return { ...rendered, links: shared };
  },
  subject: conversationSubject,
});
