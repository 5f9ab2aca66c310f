import { UsageError } from "../rules/errors";
import type { Simulator } from "../simulator-types";

const sidForm = /^[A-Z]{2}[0-9a-f]{32}$/;

/**
 * The SID of what somebody calls by name: a conversation by its unique name, a member as `CONVERSATION/MEMBER` by
 * identity or address, a user by identity, a role by its friendly name. In this order, over all services.
 */
export function sidOf(simulator: Simulator, name: string): string {
  if (sidForm.test(name)) return name;
  const found = conversation(simulator, name) ?? member(simulator, name) ?? other(simulator, name);
  if (found === undefined)
    throw new UsageError(
      `nothing is called ${name}: give a SID, the unique name of a conversation, CONVERSATION/MEMBER, the identity of a user or the name of a role`,
    );
  return found;
}

function conversation(simulator: Simulator, name: string): string | undefined {
  return simulator.conversations().find((row) => row["unique_name"] === name || row.sid === name)?.sid;
}

/** Either name can hold a slash. */
function member(simulator: Simulator, name: string): string | undefined {
  for (let at = name.indexOf("/"); at !== -1; at = name.indexOf("/", at + 1)) {
    const sid = conversation(simulator, name.slice(0, at));
    const wanted = name.slice(at + 1);
    const found = sid && simulator.participants(sid).find((row) => namesOf(row).includes(wanted));
    if (found) return found.sid;
  }
  return undefined;
}

function namesOf(row: ReturnType<Simulator["participants"]>[number]): unknown[] {
  const binding = row["messaging_binding"];
  const isBinding = typeof binding === "object" && binding !== null && !Array.isArray(binding);
  const { address, projected_address } = isBinding ? binding : {};
  return [row.sid, row["identity"], address, projected_address];
}

function other(simulator: Simulator, name: string): string | undefined {
  const user = simulator.users().find((row) => row["identity"] === name);
  return (user ?? simulator.roles().find((row) => row["friendly_name"] === name))?.sid;
}
