import type { ServiceReader } from "../../core/definition/define";
import { isSid } from "../../core/definition/sid";
import type { Json, JsonObject } from "../../core/json";
import type { Session } from "../../core/run/session";
import { TwilioError } from "../../http/errors";
import { serviceConfiguration } from "../../resources";
import { definitionOf } from "./fate";
import type { Observation } from "./observation";
import { MEMBER_TYPES, subjectsOf } from "./subject";

/**
 * Adds the role that Twilio will assign where the program stops declaring one: the default of its service, as the
 * program declares it if it does.
 */
export async function withDefaultRoles(
  session: Session,
  observations: readonly Observation[],
): Promise<Observation[]> {
  return Promise.all(
    observations.map(async (observation) => {
      if (!isLeftOpen(observation)) return observation;
      const role = await defaultRole(session, observation, observations);
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

async function defaultRole(
  session: Session,
  observation: Observation,
  all: readonly Observation[],
): Promise<string | undefined> {
  const { live, recorded, planned } = observation;
  const definition = definitionOf(observation.type === "User" ? observation : { type: "Participant" });
  const choice = definition?.defaults?.["roleSid"];
  const state = (live ?? recorded)?.outputs ?? {};
  try {
    return await choice?.value(plannedServices(session.connection(planned?.inputs ?? {}), all), state);
  } catch (error) {
    if (error instanceof TwilioError) return undefined;
    throw error;
  }
}

/** Reads a service's configuration as it is after the `up`. */
function plannedServices(connection: ServiceReader, all: readonly Observation[]): ServiceReader {
  return {
    role: (serviceSid, sid) => connection.role(serviceSid, sid),
    serviceConfiguration: async (serviceSid) => {
      const { planned } =
        all.find(
          (one) => one.type === serviceConfiguration.type && one.planned?.inputs["serviceSid"] === serviceSid,
        ) ?? {};
      const roles = Object.entries(planned?.inputs ?? {}).filter(
        ([, value]) => typeof value === "string" && isSid("RL", value),
      );
      const declared = roles.map(([name, role]) => [snakeCase(name), role] as const);
      return { ...(await connection.serviceConfiguration(serviceSid)), ...Object.fromEntries(declared) };
    },
  };
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
