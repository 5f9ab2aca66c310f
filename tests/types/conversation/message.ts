import { Conversation, Message } from "../../../provider";
import { message } from "../../../provider/resources/conversation/message";
import { threeConversations } from "../conversations";
import { attributes, type Declaration, otherAttributes, sid } from "../drifted";
import { CH, IS, sidOf } from "../sids";
import type { Specimen } from "../specimen";
import type { TypeTable } from "../type-table";

const MEDIA = sid("ME", 1);
const TEMPLATE = sid("HX", 1);

const specimen: Specimen = {
  definition: message,
  resource: Message,
  goneIs: "reported",
  prepare: threeConversations,
  declare: (body, { rows }) => ({
    conversationSid: rows["home"]?.sid,
    author: "support",
    body,
    attributes: { kind: "notice", until: null },
    subject: "Opening hours",
  }),
  declareLeast: (body, { rows }) => ({ conversationSid: rows["home"]?.sid, body }),
  updates: {
    author: () => ({ value: "desk", form: { Author: "desk" } }),
    body: () => ({ value: "We are closed.", form: { Body: "We are closed." } }),
    attributes: () => ({ value: '{ "kind": "alert" }', form: { Attributes: '{"kind":"alert"}' } }),
    subject: () => ({ value: "Holidays", form: { Subject: "Holidays" } }),
  },
  replacements: {
    serviceSid: (_label, { rows }) => ({
      with: { serviceSid: rows["otherService"]?.sid, conversationSid: rows["abroad"]?.sid },
    }),
    conversationSid: (_label, { rows }) => rows["away"]?.sid,
    mediaSid: () => MEDIA,
    contentSid: () => ({ with: { body: undefined, contentSid: TEMPLATE } }),
    contentVariables: (label) => ({
      with: { body: undefined, contentSid: TEMPLATE, contentVariables: JSON.stringify({ 1: label }) },
    }),
  },
  drifts: {
    author: () => ({ fields: { author: "somebody" }, keys: ["author"] }),
    body: () => ({ fields: { body: "changed" }, keys: ["body"] }),
    attributes: () => ({ fields: { attributes: '{"until":null,"kind":"joke"}' }, keys: ["attributes.kind"] }),
  },
  withUnknowns:
    ({ place }) =>
    (declare) => {
      const parent = declare(Conversation, "parent", place);
      declare(Message, "child", {
        ...place,
        conversationSid: parent.id,
        author: parent.id,
        body: parent.id,
        attributes: { parent: parent.id },
      });
    },
  located: ({ rows }) => ({ conversationSid: rows["home"]?.sid }),
  rowsOf: (simulator) => simulator.rows("IM"),
  makeOutside: ({ conversationSid, author, body, attributes, subject }, { account, servicePath }) =>
    account.post(`${servicePath}/Conversations/${conversationSid}/Messages`, {
      Author: String(author),
      Body: String(body),
      Attributes: JSON.stringify(attributes),
      Subject: String(subject),
    }),
};

export const messageTable: TypeTable = {
  lifecycle: { stack: "objects", specimen },
  everyField: {
    conversationSid: CH,
    author: "support",
    body: "We are here from 9 to 17.",
    attributes: { kind: "notice" },
    subject: "Opening hours",
    dateCreated: "2026-01-02T03:04:05Z",
    dateUpdated: "2026-01-02T03:04:05Z",
    mediaSid: sidOf("ME"),
    contentSid: sidOf("HX"),
    contentVariables: '{"1":"Alice"}',
    resend: true,
    webhookEnabled: true,
    serviceSid: IS,
    account: "eu",
    adopt: "always",
  },
  alternatives: [
    { contentSid: undefined, contentVariables: undefined },
    { body: undefined, mediaSid: undefined },
  ],
  drifted: ({ desk }): Declaration[] => [
    {
      inputs: { conversationSid: desk, author: "support", body: "Hello", attributes, subject: "Hours" },
      drifts: { author: ["changed"], body: ["changed", null], attributes: otherAttributes },
    },
    // Without resend these are told, and no drift.
    {
      inputs: { conversationSid: desk, mediaSid: sid("ME", 1), resend: true },
      drifts: { mediaSid: [[{ sid: sid("ME", 2) }], null] },
    },
    {
      inputs: { conversationSid: desk, contentSid: sid("HX", 1), resend: true },
      drifts: { contentSid: [sid("HX", 2), null] },
    },
  ],
  reviewed: [
    {
      refuses: ["deleted outside, and updated", "deleted outside, and dropped"],
      args: ({ label, sids }) => ({
        conversationSid: sids["desk"],
        author: "support",
        body: label,
        attributes: { kind: "notice" },
      }),
      updated: ({ label }) => ({ body: `${label}!` }),
      dropped: () => ({ attributes: undefined, author: undefined }),
      drift: ({ label }) => ({ body: `${label}?`, author: "somebody" }),
      followed: ({ label }) => ({ body: `${label}?`, author: "somebody" }),
      replaced: ({ sids }) => ({ conversationSid: sids["room"] }),
      outside: ({ label, account, sids }) =>
        account.post(`/Conversations/${sids["desk"]}/Messages`, {
          Author: "support",
          Body: label,
          Attributes: '{"kind":"notice"}',
        }),
      located: ({ sids }) => ({ conversationSid: sids["desk"] }),
    },
  ],
  inConversation: { body: "hello" },
  inEstate: {
    room: ({ name, inRoom }) => {
      const notice = { ...inRoom, author: "estate", body: `Welcome to ${name}.` };
      // The same twice: an author and a text do not tell two messages apart.
      return { [`${name}-notice`]: notice, [`${name}-notice-again`]: notice };
    },
  },
  label: ["conversation_sid", "author", "body"],
  writeLimit: "conversation",
  hasLookUp: false,
  path: `Services/${IS}/Conversations/${CH}/Messages/id`,
};
