import { Conversation, Role, User } from "../../../provider";
import { user } from "../../../provider/resources/service/user";
import type { TwilioAccount } from "../../support/twilio-account";
import type { Specimen } from "../specimen";

const serviceRole = (account: TwilioAccount, name: string, service = "") =>
  account.post(`${service}/Roles`, {
    FriendlyName: account.prefix + name,
    Type: "service",
    Permission: "createConversation",
  });

export const userSpecimen: Specimen = {
  definition: user,
  resource: User,
  prepare: async ({ account, servicePath }) => {
    const otherService = await account.service("another");
    return {
      otherService,
      clerk: await serviceRole(account, "clerk", servicePath),
      lead: await serviceRole(account, "lead", servicePath),
      foreigner: await serviceRole(account, "foreigner", `/Services/${otherService.sid}`),
    };
  },
  declare: (identity, { rows }) => ({
    identity,
    friendlyName: "Alice",
    attributes: { team: "support", skills: ["de", "en"] },
    roleSid: rows["clerk"]?.sid,
  }),
  declareLeast: (identity) => ({ identity }),
  updates: {
    friendlyName: () => ({ value: "Alice Doe", form: { FriendlyName: "Alice Doe" } }),
    attributes: () => ({ value: '{ "team": "sales" }', form: { Attributes: '{"team":"sales"}' } }),
    roleSid: ({ rows }) => ({ value: rows["lead"]?.sid, form: { RoleSid: rows["lead"]?.sid } }),
  },
  replacements: {
    serviceSid: (_label, { rows }) => ({
      with: { serviceSid: rows["otherService"]?.sid, roleSid: rows["foreigner"]?.sid },
    }),
    identity: (label) => `${label} again`,
  },
  drifts: {
    friendlyName: () => ({ fields: { friendly_name: "Mallory" }, keys: ["friendlyName"] }),
    attributes: () => ({
      fields: { attributes: '{"team":"sales","skills":["de","en"]}' },
      keys: ["attributes.team"],
    }),
    roleSid: ({ rows }) => ({ fields: { role_sid: rows["lead"]?.sid }, keys: ["roleSid"] }),
  },
  withUnknowns:
    ({ place }) =>
    (declare) => {
      const permissions = ["createConversation"];
      const role = declare(Role, "role", { ...place, friendlyName: "clerk", type: "service", permissions });
      const parent = declare(Conversation, "parent", place);
      const attributes = { desk: parent.id };
      declare(User, "unknown", { ...place, identity: parent.id, roleSid: role.id, attributes });
    },
  located: () => ({}),
  // Twilio makes a user of every participant, too.
  rowsOf: (simulator) =>
    simulator.users().filter(({ identity }) => String(identity).startsWith("User-")) as never,
  makeOutside: ({ identity, friendlyName, attributes, roleSid }, { account, servicePath }) =>
    account.post(`${servicePath}/Users`, {
      Identity: String(identity),
      FriendlyName: String(friendlyName),
      Attributes: JSON.stringify(attributes),
      RoleSid: String(roleSid),
    }),
};
