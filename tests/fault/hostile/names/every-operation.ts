import { Lifecycle } from "../../../../provider/core/lifecycle/lifecycle";
import { Session } from "../../../../provider/core/run/session";
import { lookUp } from "../../../../provider/functions/call/lookup";
import { userLookup } from "../../../../provider/functions/user";
import { participant } from "../../../../provider/resources/conversation/participant";
import { AC, CH, IS, MB } from "../../../types/sids";

export const LOGIN = { TWILIO_ACCOUNT_SID: AC, TWILIO_AUTH_TOKEN: "canary-token-52f1" };
export const session = (env: Record<string, string>, config: Record<string, string> = {}) =>
  new Session(
    { ...LOGIN, ...env },
    (key) => config[key],
    () => {},
  );

/** Every kind of request that the provider sends, and what came of each. */
export async function everyOperation(env: Record<string, string>, config = {}): Promise<unknown[]> {
  const { TWILIO_CONVERSATIONS_URL: origin = "" } = { ...env };
  const run = () => new Lifecycle(participant, session(env, config));
  const inputs = { conversationSid: CH, identity: "alice" };
  const state = { ...inputs, accountSid: AC, region: "us1", origin, chatServiceSid: IS, serviceSid: IS };
  const settled = await Promise.allSettled([
    run().create(inputs),
    run().read(MB, state),
    run().update(MB, state, { ...inputs, serviceSid: IS, attributes: { team: "support" } }),
    run().delete(MB, state),
    lookUp(session(env, config), userLookup, { identity: "alice" }),
  ]);
  return settled.map((outcome) => (outcome.status === "rejected" ? outcome.reason : undefined));
}
