import { Conversation, Service } from "../../../provider";
import { service } from "../../../provider/resources/service/service";
import type { Specimen } from "../specimen";
import type { TypeTable } from "../type-table";

const specimen: Specimen = {
  definition: service,
  resource: Service,
  scopes: "account",
  prepare: async () => ({}),
  declare: (friendlyName) => ({ friendlyName }),
  declareLeast: (friendlyName) => ({ friendlyName }),
  updates: {},
  replacements: { friendlyName: (label) => `${label} again` },
  drifts: {},
  withUnknowns: () => (declare) => {
    const parent = declare(Conversation, "parent", {});
    declare(Service, "unknown", { friendlyName: parent.id });
  },
  located: () => ({}),
  rowsOf: (simulator) => simulator.services() as never,
  makeOutside: ({ friendlyName }, { account }) =>
    account.post("/Services", { FriendlyName: String(friendlyName) }),
};

export const serviceTable: TypeTable = {
  lifecycle: { stack: "objects", specimen },
  everyField: { friendlyName: "production", account: "eu", adopt: "always" },
  drifted: () => [{ inputs: { friendlyName: "production" }, drifts: { friendlyName: ["changed"] } }],
  reviewed: [
    {
      args: ({ label }) => ({ friendlyName: label }),
      drift: ({ label }) => ({ friendly_name: `${label} changed` }),
      followed: ({ label }) => ({ friendlyName: `${label} changed` }),
      replaced: ({ label }) => ({ friendlyName: `${label} again` }),
      outside: ({ label, account }) => account.post("/Services", { FriendlyName: label }),
      located: () => ({}),
    },
  ],
  inEstate: { district: ({ name }) => ({ [`${name}-service`]: { friendlyName: name } }) },
  label: ["friendly_name"],
  writeLimit: "none",
  hasLookUp: true,
  path: "Services/id",
};
