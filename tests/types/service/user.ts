import { Conversation, Role, User } from "../../../provider";
import { user } from "../../../provider/resources/service/user";
import type { World as Cell } from "../../fault/drift/review/cell";
import type { TwilioAccount } from "../../support/twilio-account";
import { attributes, type Declaration, otherAttributes } from "../drifted";
import type { Args } from "../in-estate";
import type { Reviewed } from "../reviewed";
import { IS, RL } from "../sids";
import type { Specimen } from "../specimen";
import type { TypeTable } from "../type-table";

const serviceRole = (account: TwilioAccount, name: string, service = "") =>
  account.post(`${service}/Roles`, {
    FriendlyName: account.prefix + name,
    Type: "service",
    Permission: "createConversation",
  });

const specimen: Specimen = {
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

export const userTable: TypeTable = {
  lifecycle: { stack: "members", specimen },
  everyField: {
    identity: "alice",
    friendlyName: "Alice",
    attributes: { team: "support" },
    roleSid: RL,
    webhookEnabled: true,
    serviceSid: IS,
    account: "eu",
    adopt: "always",
  },
  drifted: ({ clerk, manager }): Declaration[] => [
    {
      inputs: { identity: "dave", friendlyName: "Dave", attributes, roleSid: clerk },
      drifts: {
        identity: ["changed"],
        friendlyName: ["changed", null],
        attributes: otherAttributes,
        roleSid: [manager],
      },
    },
    { inputs: { identity: "erin" }, drifts: { roleSid: [manager] } },
  ],
  reviewed: [reviewed("User", false), reviewed("Lent user", true)],
  inEstate: {
    district: ({ name, serviceSid, staffSid }) => ({
      ...userInEstate(`${name}-ann`, { serviceSid }),
      ...userInEstate(`${name}-ben`, { serviceSid }),
      ...userInEstate(`${name}-cleo`, { roleSid: staffSid }),
    }),
  },
  label: ["chat_service_sid", "identity"],
  writeLimit: "service",
  hasLookUp: true,
  path: `Services/${IS}/Users/id`,
};

/** A user of the program's own, and one that was there before and is given back. */
function reviewed(name: string, isLent: boolean): Reviewed {
  const outside = ({ label, account, sids }: Cell) =>
    account.post("/Users", {
      Identity: label,
      FriendlyName: "Before",
      Attributes: '{"team":"before"}',
      RoleSid: String(sids["clerk"]),
    });
  return {
    name,
    refuses: ["adopted as it is"],
    ...(isLent && { prepare: outside }),
    args: ({ label, sids }) => ({
      identity: label,
      friendlyName: "First",
      attributes: { team: "a" },
      roleSid: sids["manager"],
    }),
    updated: () => ({ attributes: { team: "b" } }),
    dropped: () => ({ friendlyName: undefined, attributes: undefined }),
    drift: ({ sids }) => ({ friendly_name: "Third", role_sid: sids["clerk"] }),
    followed: ({ sids }) => ({ friendlyName: "Third", roleSid: sids["clerk"] }),
    ...(!isLent && { replaced: ({ label }: Cell) => ({ identity: `${label} again` }), outside }),
    located: () => ({}),
  };
}

function userInEstate(identity: string, args: Args): Record<string, Args> {
  const attributes = { estate: true };
  return { [`${identity}-user`]: { ...args, identity, friendlyName: identity, attributes } };
}
