import type { Row } from "../support/twilio-account";
import type { Surroundings } from "./specimen";

/** The conversation that a declaration is in, another one of its service, and one of another service. */
export async function threeConversations({ account, servicePath }: Omit<Surroundings, "rows">): Promise<{
  [name in "otherService" | "home" | "away" | "abroad"]: Row;
}> {
  const otherService = await account.service("another");
  return {
    otherService,
    home: await account.conversation("home", servicePath),
    away: await account.conversation("away", servicePath),
    abroad: await account.conversation("abroad", `/Services/${otherService.sid}`),
  };
}
