import { Conversation, Participant } from "../../../provider";
import { participant } from "../../../provider/resources/conversation/participant";
import { threeConversations } from "../conversations";
import { attributes, type Declaration, otherAttributes } from "../drifted";
import { binding } from "../in-estate";
import { CH, IS, RL } from "../sids";
import type { Specimen } from "../specimen";
import type { TypeTable } from "../type-table";

const specimen: Specimen = {
  definition: participant,
  resource: Participant,
  prepare: async (around) => {
    const { account, servicePath } = around;
    const rows = await threeConversations(around);
    return {
      ...rows,
      agent: await account.role("agent", servicePath),
      lead: await account.role("lead", servicePath),
      foreigner: await account.role("foreigner", `/Services/${rows.otherService.sid}`),
    };
  },
  declare: (identity, { rows }) => ({
    conversationSid: rows["home"]?.sid,
    identity,
    roleSid: rows["agent"]?.sid,
    attributes: { team: "support", skills: ["de", "en"], shift: { from: 9, to: null } },
    lastReadMessageIndex: 1,
    lastReadTimestamp: "2026-01-01T00:00:00Z",
  }),
  declareLeast: (identity, { rows }) => ({ conversationSid: rows["home"]?.sid, identity }),
  updates: {
    attributes: () => ({ value: '{ "team": "sales" }', form: { Attributes: '{"team":"sales"}' } }),
    roleSid: ({ rows }) => ({ value: rows["lead"]?.sid, form: { RoleSid: rows["lead"]?.sid } }),
    lastReadMessageIndex: () => ({ value: 7, form: { LastReadMessageIndex: "7" } }),
    lastReadTimestamp: () => ({
      value: "2026-02-01T00:00:00Z",
      form: { LastReadTimestamp: "2026-02-01T00:00:00Z" },
    }),
  },
  replacements: {
    serviceSid: (_label, { rows }) => ({
      with: {
        serviceSid: rows["otherService"]?.sid,
        conversationSid: rows["abroad"]?.sid,
        roleSid: rows["foreigner"]?.sid,
      },
    }),
    conversationSid: (_label, { rows }) => rows["away"]?.sid,
    identity: (label) => `${label} again`,
    messagingBinding: (_label, { servicePath }) => ({
      with: {
        identity: undefined,
        messagingBinding: {
          address: servicePath === "" ? "+15005550006" : "+15005550007",
          proxyAddress: "+15005550001",
        },
      },
    }),
  },
  drifts: {
    attributes: () => ({
      fields: { attributes: '{"team":"sales","skills":["de","en"],"shift":{"from":9,"to":null}}' },
      keys: ["attributes.team"],
    }),
    roleSid: ({ rows }) => ({ fields: { role_sid: rows["lead"]?.sid }, keys: ["roleSid"] }),
  },
  withUnknowns:
    ({ place }) =>
    (declare) => {
      const parent = declare(Conversation, "parent", place);
      declare(Participant, "child", {
        ...place,
        conversationSid: parent.id,
        identity: parent.id,
        attributes: { parent: parent.id },
        roleSid: parent.id,
      });
    },
  located: ({ rows }) => ({ conversationSid: rows["home"]?.sid }),
  rowsOf: (simulator) => simulator.participants() as never,
  makeOutside: ({ conversationSid, identity, attributes, roleSid }, { account, servicePath }) =>
    account.post(`${servicePath}/Conversations/${conversationSid}/Participants`, {
      Identity: String(identity),
      Attributes: JSON.stringify(attributes),
      RoleSid: String(roleSid),
    }),
};

export const participantTable: TypeTable = {
  lifecycle: { stack: "members", specimen },
  everyField: {
    conversationSid: CH,
    identity: "alice",
    messagingBinding: {
      address: "+14155550123",
      proxyAddress: "+14155550100",
      projectedAddress: "+14155550111",
    },
    attributes: { team: "support" },
    roleSid: RL,
    dateCreated: "2026-01-02T03:04:05Z",
    dateUpdated: "2026-01-02T03:04:05Z",
    lastReadMessageIndex: 3,
    lastReadTimestamp: "2026-01-02T03:04:05Z",
    groupMms: true,
    webhookEnabled: true,
    serviceSid: IS,
    account: "eu",
    adopt: "always",
  },
  alternatives: [
    { messagingBinding: undefined },
    { identity: undefined, messagingBinding: { address: "+14155550123", proxyAddress: "+14155550100" } },
  ],
  drifted: ({ desk, agent, lead }): Declaration[] => [
    {
      inputs: {
        conversationSid: desk,
        identity: "alice",
        attributes,
        roleSid: agent,
        lastReadMessageIndex: 1,
      },
      drifts: { identity: ["changed"], attributes: otherAttributes, roleSid: [lead] },
    },
    // The role that Twilio gave is watched, too.
    { inputs: { conversationSid: desk, identity: "bob" }, drifts: { roleSid: [lead] } },
    {
      inputs: {
        conversationSid: desk,
        messagingBinding: { address: "+15005550006", proxyAddress: "+15005550001" },
      },
      drifts: {
        "messagingBinding.address": ["+15005550009"],
        "messagingBinding.proxyAddress": ["+15005550002"],
      },
    },
    {
      inputs: {
        conversationSid: desk,
        identity: "carol",
        messagingBinding: { projectedAddress: "+15005550003" },
      },
      drifts: { "messagingBinding.projectedAddress": ["+15005550004"] },
    },
  ],
  reviewed: [
    {
      args: ({ label, sids }) => ({
        conversationSid: sids["desk"],
        identity: label,
        roleSid: sids["agent"],
        attributes: { team: "a", level: 1 },
      }),
      updated: () => ({ attributes: { team: "b", level: 1 } }),
      dropped: () => ({ roleSid: undefined }),
      drift: ({ sids }) => ({ role_sid: sids["lead"], attributes: '{"team":"c","level":1,"x":{}}' }),
      followed: ({ sids }) => ({ roleSid: sids["lead"], attributes: { team: "c", level: 1, x: {} } }),
      replaced: ({ label }) => ({ identity: `${label} again` }),
      outside: ({ label, account, sids }) =>
        account.post(`/Conversations/${sids["desk"]}/Participants`, {
          Identity: label,
          RoleSid: String(sids["agent"]),
          Attributes: '{"team":"a","level":1}',
        }),
      located: ({ sids }) => ({ conversationSid: sids["desk"] }),
    },
    {
      name: "Person",
      args: ({ label, sids }) => ({
        conversationSid: sids["desk"],
        messagingBinding: { address: numberOf(label), proxyAddress: "+15005550001" },
        attributes: { since: { year: 2020 } },
      }),
      updated: ({ sids }) => ({ attributes: { since: {} }, roleSid: sids["lead"] }),
      dropped: () => ({ attributes: undefined }),
      drift: ({ sids }) => ({ role_sid: sids["lead"], attributes: "{}" }),
      followed: ({ sids }) => ({ roleSid: sids["lead"], attributes: {} }),
      replaced: ({ label }) => ({
        messagingBinding: { address: numberOf(label), proxyAddress: "+15005550002" },
      }),
      outside: ({ label, account, sids }) =>
        account.post(`/Conversations/${sids["desk"]}/Participants`, {
          "MessagingBinding.Address": numberOf(label),
          "MessagingBinding.ProxyAddress": "+15005550001",
          Attributes: '{"since":{"year":2020}}',
        }),
      located: ({ sids }) => ({ conversationSid: sids["desk"] }),
    },
  ],
  inConversation: { identity: "bob" },
  inEstate: {
    room: ({ name, inRoom, host, hostArgs, guest, callerAddress }) => ({
      [`${name}-host`]: { ...inRoom, ...hostArgs, identity: host, attributes: { room: name } },
      [guest]: { ...inRoom, identity: guest },
      [`${name}-caller`]: { ...inRoom, messagingBinding: binding(callerAddress) },
    }),
  },
  label: ["conversation_sid", "identity", "messaging_binding.address"],
  writeLimit: "conversation",
  hasLookUp: true,
  path: `Services/${IS}/Conversations/${CH}/Participants/id`,
};

/** One of its own for each label, which ends in digits. */
function numberOf(label: string): string {
  return `+1415${String(5_550_000 + Number(label.replace(/\D/g, "")))}`;
}
