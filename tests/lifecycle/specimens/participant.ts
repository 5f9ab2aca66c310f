import { Conversation, Participant } from "../../../provider";
import { participant } from "../../../provider/resources/conversation/participant";
import type { Specimen } from "../specimen";

export const participantSpecimen: Specimen = {
  definition: participant,
  resource: Participant,
  prepare: async ({ account, servicePath }) => {
    const otherService = await account.service("another");
    const otherPath = `/Services/${otherService.sid}`;
    return {
      otherService,
      home: await account.conversation("home", servicePath),
      away: await account.conversation("away", servicePath),
      abroad: await account.conversation("abroad", otherPath),
      agent: await account.role("agent", servicePath),
      lead: await account.role("lead", servicePath),
      foreigner: await account.role("foreigner", otherPath),
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
