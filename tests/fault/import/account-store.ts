import type { Simulator } from "../../../simulator";
import type { RowPrefix } from "../../../simulator/control/rows";
import { TwilioAccount } from "../../support/twilio-account";

/** A thing of an account as the simulator stores it. */
export interface Stored {
  /** The resource that it is. */
  readonly type: string;
  readonly sid: string;
  /** The SID of the service that it lives in, or is. */
  readonly service: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What each kind of row is to a program; the compiler misses a kind that is forgotten. */
const TYPES: Readonly<Record<RowPrefix, string | undefined>> = {
  IS: "Service",
  RL: "Role",
  US: "User",
  CH: "Conversation",
  MB: "Participant",
  WH: "ConversationWebhook",
  IG: "AddressConfiguration",
  CR: "Credential",
  // No import reads these, and says so.
  IM: undefined,
  DY: undefined,
  BS: undefined,
};

/** Everything of the account, from its store and, where that has no rows, as the API shows it. */
export async function storeOf(simulator: Simulator): Promise<Stored[]> {
  const { accountSid } = simulator.account;
  const account = new TwilioAccount(simulator);
  const setting = async (type: string, path: string, sid: string): Promise<Stored> => ({
    type,
    sid,
    service: sid,
    fields: await account.get(path),
  });
  const homes = new Map(simulator.conversations().map((row) => [row.sid, row["chat_service_sid"]]));
  const rows = Object.entries(TYPES).flatMap(([prefix, type]) =>
    type === undefined
      ? []
      : simulator.rows(prefix as RowPrefix).map((row): Stored => {
          const service = row["chat_service_sid"] ?? homes.get(String(row["conversation_sid"])) ?? row.sid;
          return { type, sid: row.sid, service: String(service), fields: row };
        }),
  );
  const services = simulator
    .services()
    .flatMap(({ sid }) => [
      setting("ServiceConfiguration", `/Services/${sid}/Configuration`, sid),
      setting("ServiceNotifications", `/Services/${sid}/Configuration/Notifications`, sid),
      setting("ServiceWebhooks", `/Services/${sid}/Configuration/Webhooks`, sid),
    ]);
  const settings = await Promise.all([
    setting("Configuration", "/Configuration", accountSid),
    setting("Webhooks", "/Configuration/Webhooks", accountSid),
    ...services,
  ]);
  const views = simulator.users().map(async ({ sid, chat_service_sid: service }): Promise<Stored[]> => {
    const { conversations } = await account.get(
      `/Services/${service}/Users/${sid}/Conversations?PageSize=50`,
    );
    return (conversations as Record<string, unknown>[]).map(
      ({ conversation_sid, participant_sid, notification_level }) => ({
        type: "UserConversation",
        sid: `${sid}/${conversation_sid}`,
        service: String(service),
        fields: { conversation_sid, participant_sid, user_sid: sid, notification_level },
      }),
    );
  });
  return [...rows, ...settings, ...(await Promise.all(views)).flat()];
}
