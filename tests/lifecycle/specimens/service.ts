import { Conversation, Service } from "../../../provider";
import { service } from "../../../provider/resources/service/service";
import type { Specimen } from "../specimen";

export const serviceSpecimen: Specimen = {
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
