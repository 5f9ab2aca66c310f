import type { Json, JsonObject } from "../../core/json";
import type { Session } from "../../core/run/session";
import { TwilioError } from "../../http/errors";
import { definitionOf } from "./fate";
import type { Observation } from "./observation";
import { MEMBER_TYPES, subjectsOf } from "./subject";

/** Adds the role that Twilio will assign where the program stops declaring one. */
export async function withDefaultRoles(
  session: Session,
  observations: readonly Observation[],
): Promise<Observation[]> {
  return Promise.all(
    observations.map(async (observation) => {
      if (!isLeftOpen(observation)) return observation;
      const role = await defaultRole(session, observation);
      return role === undefined ? observation : { ...observation, defaultRole: role };
    }),
  );
}

/** Whether a member or user loses its declared role, or is created again without one. */
function isLeftOpen(observation: Observation): boolean {
  if (!MEMBER_TYPES.has(observation.type) && observation.type !== "User") return false;
  return subjectsOf(observation, (conversation) => conversation).some(({ recorded, live, planned }) => {
    if (recorded === undefined || planned === undefined || roleIn(planned) !== undefined) return false;
    return live === undefined || roleIn(recorded) !== undefined;
  });
}

function roleIn({ roleSid }: JsonObject): Json | undefined {
  return roleSid ?? undefined;
}

async function defaultRole(session: Session, observation: Observation): Promise<string | undefined> {
  const { live, recorded, planned } = observation;
  const definition = definitionOf(observation.type === "User" ? observation : { type: "Participant" });
  const choice = definition?.defaults?.["roleSid"];
  const state = (live ?? recorded)?.outputs ?? {};
  try {
    return await choice?.value(session.connection(planned?.inputs ?? {}), state);
  } catch (error) {
    if (error instanceof TwilioError) return undefined;
    throw error;
  }
}
