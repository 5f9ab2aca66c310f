import { PATH_WORDS } from "../path-words";

const CONVERSATION_SID = /^CH[0-9a-f]{32}$/i;

/**
 * The scope of Twilio's limit of 30 writes a second that a write counts against; undefined when it counts against none.
 * Changes of a conversation, its participants and messages count against the conversation. Creating and deleting
 * conversations and writes of users and roles count against the service. Reads do not count. A default service is a
 * scope of its own, since its SID is not in the path.
 */
export function writeScope(method: string, path: string): string | undefined {
  if (method === "GET") return undefined;
  const [, version, ...rest] = path.split("/");
  if (version !== "v1") return undefined;
  const scoped = rest[0] === "Services" && rest.length > 2;
  const service = scoped ? `service ${rest[1]}` : "service default";
  const [collection, sid, child] = scoped ? rest.slice(2) : rest;
  if (collection === "Conversations") return conversationScope(method, service, sid, child);
  return PATH_WORDS.get(collection ?? "") === "service" ? service : undefined;
}

function conversationScope(
  method: string,
  service: string,
  sid: string | undefined,
  child: string | undefined,
): string | undefined {
  if (sid === undefined) return service;
  const conversation = CONVERSATION_SID.test(sid)
    ? `conversation ${sid}`
    : `conversation ${sid} of ${service}`;
  if (child === undefined) return method === "DELETE" ? service : conversation;
  return PATH_WORDS.get(child) === "conversation" ? conversation : undefined;
}
