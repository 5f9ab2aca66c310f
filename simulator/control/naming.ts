import { UnknownNameError } from "../rules/errors";
import type { Simulator } from "../simulator-types";
import type { Row } from "./rows";

const sidForm = /^[A-Z]{2}[0-9a-f]{32}$/;

/**
 * Resolves a name to a SID: a conversation by unique name, a member as `CONVERSATION/MEMBER` by identity or address, a
 * user by identity, a role by friendly name. Tries them in this order, over all services.
 */
export function sidOf(simulator: Simulator, name: string): string {
  if (sidForm.test(name)) return name;
  const found = conversation(simulator, name)?.sid ?? member(simulator, name) ?? other(simulator, name);
  if (found === undefined) throw unknown(simulator, name);
  return found;
}

function conversation(simulator: Simulator, name: string): Row | undefined {
  return simulator.conversations().find((row) => row["unique_name"] === name || row.sid === name);
}

/** All ways to split a name into conversation and member. Either can contain a slash. */
function* splits(name: string): Generator<readonly [conversation: string, member: string]> {
  for (let at = name.indexOf("/"); at !== -1; at = name.indexOf("/", at + 1))
    yield [name.slice(0, at), name.slice(at + 1)];
}

function member(simulator: Simulator, name: string): string | undefined {
  for (const [first, wanted] of splits(name)) {
    const sid = conversation(simulator, first)?.sid;
    const found = sid && simulator.participants(sid).find((row) => namesOf(row).includes(wanted));
    if (found) return found.sid;
  }
  return undefined;
}

function namesOf(row: Row): unknown[] {
  const binding = row["messaging_binding"];
  const isBinding = typeof binding === "object" && binding !== null && !Array.isArray(binding);
  const { address, projected_address } = isBinding ? binding : {};
  return [row["identity"], address, projected_address, row.sid];
}

function other(simulator: Simulator, name: string): string | undefined {
  const user = simulator.users().find((row) => row["identity"] === name);
  return (user ?? simulator.roles().find((row) => row["friendly_name"] === name))?.sid;
}

/**
 * The error for an unknown name. Suggests the members of a conversation that matches, else everything that has a name.
 */
function unknown(simulator: Simulator, name: string): UnknownNameError {
  for (const [first] of splits(name)) {
    const row = conversation(simulator, first);
    if (row === undefined) continue;
    const members = simulator.participants(row.sid).map((one) => firstText(namesOf(one)));
    return new UnknownNameError(
      `nothing is called ${name}: after the conversation comes the identity or the address of a participant, ` +
        "not the name of its resource",
      name,
      members.map((text) => `${first}/${text}`),
    );
  }
  const called = [
    simulator.conversations().map((row) => [row["unique_name"], row.sid]),
    simulator.users().map((row) => [row["identity"]]),
    simulator.roles().map((row) => [row["friendly_name"]]),
  ];
  return new UnknownNameError(
    `nothing is called ${name}: give a SID, the unique name of a conversation, CONVERSATION/MEMBER, the identity of a user or the name of a role`,
    name,
    [...new Set(called.flat().map(firstText))],
  );
}

function firstText(names: readonly unknown[]): string {
  return String(names.find((name) => typeof name === "string" && name !== "") ?? "");
}
