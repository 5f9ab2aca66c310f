import { Conversation, Message } from "../../../provider";
import { message } from "../../../provider/resources/conversation/message";
import type { Specimen } from "../specimen";

const MEDIA = `ME${"1".repeat(32)}`;
const TEMPLATE = `HX${"1".repeat(32)}`;

export const messageSpecimen: Specimen = {
  definition: message,
  resource: Message,
  goneIs: "reported",
  prepare: async ({ account, servicePath }) => {
    const otherService = await account.service("another");
    return {
      otherService,
      home: await account.conversation("home", servicePath),
      away: await account.conversation("away", servicePath),
      abroad: await account.conversation("abroad", `/Services/${otherService.sid}`),
    };
  },
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
