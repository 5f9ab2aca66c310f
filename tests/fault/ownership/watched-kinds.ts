import type { Definition } from "../../../provider/core/definition/define";
import { type JsonObject, objectIn } from "../../../provider/core/json";
import { writtenIn } from "../../../provider/core/roster/state";
import { participant } from "../../../provider/resources/conversation/participant";
import { user } from "../../../provider/resources/service/user";
import type { Run } from "../life";

export interface Held {
  readonly sid: string;
  readonly state: JsonObject;
}

/** One kind whose role is watched where the program leaves it to Twilio. */
export interface Kind {
  readonly definition: Definition;
  /** Of which of the four roles that a service has is the elevated one. */
  readonly elevated: string;
  readonly inputs: JsonObject;
  readonly collection: string;
  readonly form: Record<string, string>;
  create(run: Run, inputs: JsonObject): Promise<Held>;
}

const alone = (definition: Definition) => (run: Run, inputs: JsonObject) =>
  run.of(definition).create(run.of(definition).check({}, inputs).inputs);

export const KINDS: Readonly<Record<string, Kind>> = {
  Participant: {
    definition: participant,
    elevated: "channel admin",
    inputs: { conversationSid: "desk", identity: "mallory", attributes: { team: "support" } },
    collection: "/Conversations/desk/Participants",
    form: { Identity: "mallory", Attributes: '{"team":"support"}' },
    create: alone(participant),
  },
  Roster: {
    definition: participant,
    elevated: "channel admin",
    inputs: { conversationSid: "desk", identity: "mallory", attributes: { team: "support" } },
    collection: "/Conversations/desk/Participants",
    form: { Identity: "mallory", Attributes: '{"team":"support"}' },
    create: async ({ roster, explain }, { conversationSid, adopt, ...member }) => {
      const inputs = { conversationSid, members: { mallory: member }, ...(adopt && { adopt }) } as JsonObject;
      try {
        const { state } = await roster.create(roster.check({}, inputs).inputs);
        const written = writtenIn(state)["mallory"] as JsonObject;
        return { sid: String(objectIn(state, "sids")["mallory"]), state: { ...state, ...written } };
      } catch (error) {
        throw Object.assign(new Error(explain(error)), { name: "AdoptionError" });
      }
    },
  },
  User: {
    definition: user,
    elevated: "service admin",
    inputs: { identity: "mallory", friendlyName: "Mallory" },
    collection: "/Users",
    form: { Identity: "mallory", FriendlyName: "Mallory" },
    create: alone(user),
  },
};
