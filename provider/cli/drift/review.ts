import { setTimeout } from "node:timers/promises";
import { configAsEnvironment } from "../../core/api/credentials";
import { processEnvironment } from "../../core/api/settings";
import type { JsonObject } from "../../core/json";
import type { Session } from "../../core/run/session";
import { failureKind } from "../../http/retry/retry";
import { VERSION } from "../../version";
import { sessionWith, stackConfig } from "../pulumi/cli-session";
import type { Progress } from "../terminal/progress";
import { withDefaultRoles } from "./default-role";
import { isHidden, withFates } from "./fate";
import { meaningsOf, membersOf, roleNames } from "./membership";
import type { Observation } from "./observation";
import { refreshPreview } from "./preview";
import type { Report, SeenConversation } from "./report/report";
import type { Row } from "./report/row";
import { inOrder, namesIn, rowsOf } from "./rows";
import { memberName } from "./subject";
import { withSuccessions } from "./succession";
import { type Known, knownTo, unmanagedAmong, watchedIn } from "./unmanaged";

interface Previewed {
  readonly stack: string;
  readonly session: Session;
  readonly observations: readonly Observation[];
}

interface Listed {
  readonly rows: readonly Row[];
  readonly conversations: readonly SeenConversation[];
  readonly roles: readonly [string, string][];
}

/** Reviews stacks one after the other, since each preview uses all processors. Writes nothing. */
export async function reviewOf(cwd: string, stacks: readonly string[], progress: Progress): Promise<Report> {
  const previewed: Previewed[] = [];
  for (const stack of stacks) {
    progress.say(`Stack ${stack}: previewing with refresh …`);
    const onRead = (count: number) => progress.count(`Stack ${stack}: ${count} resources read …`);
    const config = await stackConfig(cwd, stack);
    // Pulumi gives a refresh the config of the last `up` (measured at 3.255.0); environment variables take precedence.
    const env = configAsEnvironment(processEnvironment(), config);
    const session = sessionWith(config);
    // Fails sooner than Pulumi's engine, which first has to tell a restart from a mistake.
    await answering(session);
    const observations = withFates(await refreshPreview({ cwd, stack, env, onRead }));
    previewed.push({ stack, session, observations });
  }
  const joined: Previewed[] = [];
  const meanings = new Map<Observation, string | undefined>();
  for (const { stack, session, observations } of previewed) {
    progress.say(`Stack ${stack}: looking for existing objects …`);
    const meant = new Map(await meaningsOf(session, observations));
    const succeeding = await withSuccessions(session, observations, meant);
    const whole = await withDefaultRoles(session, succeeding);
    for (const [at, observation] of whole.entries()) {
      const before = observations[at];
      if (before !== undefined && meant.has(before)) meanings.set(observation, meant.get(before));
    }
    joined.push({ stack, session, observations: whole });
  }
  const known = knownTo(
    joined.flatMap(({ observations }) => observations),
    meanings,
  );
  const rows: Row[] = [];
  const roles = new Map<string, string>();
  const facts: Report["stacks"][number][] = [];
  for (const one of joined) {
    const { stack, observations } = one;
    const own = rowsOf(stack, observations);
    const listed = await listedIn(one, known, own, progress);
    rows.push(...own, ...listed.rows);
    for (const [sid, name] of listed.roles) roles.set(sid, name);
    facts.push({
      stack,
      resources: observations.length,
      accounts: accountsOf(observations),
      conversations: listed.conversations,
    });
  }
  return { madeAt: new Date().toISOString(), version: VERSION, stacks: facts, rows: inOrder(rows), roles };
}

/** Long enough to recognise a refused connection. */
const LONGEST_QUESTION_MS = 2_000;

/** Fails when the host is refused or unknown. The preview reports anything else for each resource. */
async function answering(session: Session): Promise<void> {
  const failure = verified(session).catch((error: unknown) => error);
  const error = await Promise.race([failure, setTimeout(LONGEST_QUESTION_MS, undefined, { ref: false })]);
  if (failureKind(error) === "absent") throw error;
}

async function verified(session: Session): Promise<void> {
  await session.connection({}).verified();
}

/** What only lists show: unmanaged members and role names. */
async function listedIn(
  { stack, session, observations }: Previewed,
  known: Known,
  own: readonly Row[],
  progress: Progress,
): Promise<Listed> {
  const nameOf = namesIn(observations);
  const watched = watchedIn(observations);
  let listed = 0;
  const lists = await Promise.all(
    watched.map(async (conversation) => {
      const members = await membersOf(session, conversation);
      progress.count(`Stack ${stack}: members of ${++listed} of ${watched.length} conversations …`);
      return { conversation, members };
    }),
  );
  const rows = lists.flatMap(({ conversation, members }) =>
    unmanagedAmong(stack, conversation, members, known, nameOf),
  );
  const conversations = lists.map(({ conversation, members }) => ({
    name: nameOf(conversation.sid),
    members: members.map(shownName),
  }));
  const naming = new Set([...own, ...rows].filter(isNamingRole).map(({ resource }) => resource));
  const roles = await rolesIn(session, placesOf(naming, observations));
  return { rows, conversations, roles };
}

function isNamingRole({ field, roleSid }: Row): boolean {
  return /roleSid$/i.test(field) || roleSid !== undefined;
}

function accountsOf(observations: readonly Observation[]): string[] {
  const accounts = observations.flatMap(({ live, recorded }) => {
    const { accountSid } = (live ?? recorded)?.outputs ?? {};
    return typeof accountSid === "string" ? [accountSid] : [];
  });
  return [...new Set(accounts)];
}

function shownName(member: JsonObject): string {
  return memberName(member) ?? String(member["sid"]);
}

/** The locations of resources whose rows name roles, once for each account and service. */
function placesOf(naming: ReadonlySet<string>, observations: readonly Observation[]): JsonObject[] {
  const places = observations
    .filter(({ type, name }) => naming.has(`${type} ${name}`))
    .flatMap(({ recorded, live, planned }) =>
      [recorded, live, planned].flatMap((each) => (each ? [each.inputs] : [])),
    )
    .filter(({ account, serviceSid }) => !isHidden(account) && !isHidden(serviceSid))
    .map(({ account, serviceSid }) => ({
      ...(account !== undefined && { account }),
      ...(serviceSid !== undefined && { serviceSid }),
    }));
  return [...new Map(places.map((location) => [JSON.stringify(location), location])).values()];
}

async function rolesIn(session: Session, places: readonly JsonObject[]): Promise<[string, string][]> {
  const lists: [string, string][][] = [];
  for (const location of places) lists.push(await roleNames(session, location));
  return lists.flat();
}
