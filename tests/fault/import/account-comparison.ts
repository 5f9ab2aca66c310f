import { isDeepStrictEqual } from "node:util";
import { stockRoles } from "../../../provider/resources";
import type { Simulator } from "../../../simulator";
import { type Stored, storeOf } from "./account-store";
import { type Imported, type Made, noteMade, typeOf } from "./imported-estate";

/** What is each object's own, and no matter of a program: when it was made, where it is asked for, who is there. */
const OWN = /^(sid|account_sid|date_created|date_updated|url|links|is_online|is_notifiable)$/;

/** What two accounts differ in, and no note of the import says. */
export async function unsaid(
  before: Simulator,
  after: Simulator,
  estate: Imported,
  made: Made,
): Promise<string[]> {
  const [olds, news] = [await storeOf(before), await storeOf(after)];
  const comparison = new Comparison(olds, news, estate, made, [before, after]);
  return comparison.differences();
}

class Comparison {
  /** By SID before, the SID after. */
  private readonly pairs = new Map<string, string>();
  /** By SID before, what the notes call it. */
  private readonly names = new Map<string, string>();
  private readonly found: string[] = [];
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly olds: readonly Stored[],
    private readonly news: readonly Stored[],
    private readonly estate: Imported,
    private readonly made: Made,
    [before, after]: readonly [Simulator, Simulator],
  ) {
    this.pairs.set(before.account.accountSid, after.account.accountSid);
    const defaults = [olds, news].map((store) => store.find(({ type }) => type === "Configuration"));
    const [defaultBefore, defaultAfter] = defaults.map((one) =>
      String(one?.fields["default_chat_service_sid"]),
    );
    this.pairs.set(defaultBefore ?? "", defaultAfter ?? "");
  }

  differences(): string[] {
    this.pairByProgram();
    this.pairTwiliosOwn();
    for (const one of this.olds) this.compare(one);
    const paired = new Set(this.pairs.values());
    for (const { type, sid, fields } of this.news)
      if (!paired.has(sid) && !this.isMissingRole(fields) && !/^(Account|Service[A-Z]|UserConv)/.test(type))
        this.found.push(`${type} ${sid} has come: ${JSON.stringify(fields)}`);
    for (const [what, count] of this.counts)
      if (!this.isNoted(new RegExp(`^${count} ${what}`)))
        this.found.push(`${count} ${what}: noted otherwise`);
    return this.found;
  }

  private pairByProgram(): void {
    const recorded = new Map<string, string>();
    for (const row of this.estate.rows)
      noteMade(recorded, { type: typeOf(row), name: row.name }, row.id, row.outputs);
    for (const [key, sid] of recorded) {
      const after = this.made.get(key);
      if (after === undefined) this.found.push(`${key} was not made`);
      else this.pairs.set(sid, after);
      const at = key.indexOf(" ");
      this.names.set(`${key.slice(0, at)} ${sid}`, key.slice(at + 1));
    }
  }

  /** Roles of a service and users of identities, which are there without a program. */
  private pairTwiliosOwn(): void {
    for (const { type, sid, service, fields } of this.olds) {
      if (this.pairs.has(sid) || !["Role", "User"].includes(type)) continue;
      const names = type === "User" ? ["identity"] : ["friendly_name", "type"];
      const taken = new Set(this.pairs.values());
      const twin = this.news.find(
        (other) =>
          other.type === type &&
          !taken.has(other.sid) &&
          other.service === this.pairs.get(service) &&
          names.every((name) => other.fields[name] === fields[name]),
      );
      if (twin !== undefined) this.pairs.set(sid, twin.sid);
    }
    for (const { type, sid, fields } of this.olds) {
      if (type !== "UserConversation") continue;
      const ends = [fields["user_sid"], fields["conversation_sid"]].map((end) => this.pairs.get(String(end)));
      if (!ends.includes(undefined)) this.pairs.set(sid, ends.join("/"));
    }
  }

  private compare(one: Stored): void {
    const after = this.pairs.get(one.sid);
    const other = this.news.find(({ type, sid }) => type === one.type && sid === after);
    if (other === undefined) {
      if (!this.isLeftOut(one))
        this.found.push(`${one.type} ${one.sid} is gone: ${JSON.stringify(one.fields)}`);
      return;
    }
    const isDefault = this.olds.some(({ fields }) => fields["default_chat_service_sid"] === one.sid);
    for (const [path, was, is] of leaves(one.fields, other.fields)) {
      if (isDeepStrictEqual(this.translated(was), is)) continue;
      if (this.isSaid(one, path, was, is, isDefault)) continue;
      this.found.push(
        `${one.type} ${one.sid} ${this.nameOf(one)}: ${path}: ${JSON.stringify(was)} is ${JSON.stringify(is)}`,
      );
    }
  }

  private isSaid(one: Stored, path: string, was: unknown, is: unknown, isDefault: boolean): boolean {
    const { type } = one;
    if (isJson(path) && isSameJson(was, is)) return true;
    if (sortedEqual(path, this.translated(was), is)) return true;
    // Never is never.
    if (/^default_\w+_timer$/.test(path) && [was, is].every((timer) => timer === null || timer === "PT0S"))
      return true;
    if (this.isNoted(new RegExp(`${one.sid}: left out`))) return true;
    const account = this.estate.notes.find((note) => note.startsWith("the account: left out ")) ?? "";
    if (type === "Configuration" && account.includes(camelCase(path))) return true;
    if (type === "Service" && isDefault && path === "friendly_name")
      return account.includes("the name of its default service");
    // A conversation that names no messaging service has the account's.
    if (
      path === "messaging_service_sid" &&
      this.ofAccount(this.olds) === was &&
      this.ofAccount(this.news) === is
    )
      return true;
    if (type === "Conversation" && path === "state" && was === "inactive")
      return this.count("conversations?: left out state inactive");
    if (type === "Conversation" && path.startsWith("timers"))
      return this.isNoted(/^\d+ conversations?: (left out timers|without timers)/);
    if (type === "User" && path === "role_sid" && !this.names.has(`User ${one.sid}`))
      return this.isNoted(/^\d+ users? of .*: left out roleSid/);
    if (path.startsWith("last_read")) return this.isNoted(/^\d+ members?: left out the read position/);
    if (type === "UserConversation" && path === "notification_level")
      return this.isNoted(/^not read, and so left out: .*--user-conversations/);
    const name = this.nameOf(one);
    return this.estate.notes.some(
      (note) =>
        note.includes(` ${name}: left out `) &&
        leftOutIn(note).some((part) => camelCase(path).startsWith(part)),
    );
  }

  private ofAccount(store: readonly Stored[]): unknown {
    return store.find(({ type }) => type === "Configuration")?.fields["default_messaging_service_sid"];
  }

  /** Whether a note says of it, or of what it is in, that it is not in the program. */
  private isLeftOut(one: Stored): boolean {
    const { type, sid, service, fields } = one;
    const homes = [sid, service, String(fields["conversation_sid"])];
    if (homes.some((home) => this.isNoted(new RegExp(`${home}: left out`)))) return true;
    if (type === "User" && fields["friendly_name"] === null && fields["attributes"] === "{}")
      return this.isNoted(/^\d+ users? of .* left out: Twilio makes one when/);
    if (type === "Conversation" && fields["state"] === "closed")
      return this.count("closed conversations? left out");
    const home = this.olds.find((other) => other.sid === fields["conversation_sid"]);
    return home !== undefined && home.fields["state"] === "closed";
  }

  private isMissingRole(fields: Stored["fields"]): boolean {
    const stock = stockRoles.find(({ friendlyName }) => friendlyName === fields["friendly_name"]);
    return stock !== undefined && this.isNoted(new RegExp(`has no role .*${stock.friendlyName}`));
  }

  private count(what: string): true {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
    return true;
  }

  private isNoted(pattern: RegExp): boolean {
    return this.estate.notes.some((note) => pattern.test(note));
  }

  private nameOf({ type, sid }: Stored): string {
    return this.names.get(`${type} ${sid}`) ?? sid;
  }

  private translated(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.translated(item));
    return typeof value === "string" ? (this.pairs.get(value) ?? value) : value;
  }
}

/** Each part in which one of the two says something, as snake_case paths. */
function leaves(was: unknown, is: unknown, path = ""): [path: string, was: unknown, is: unknown][] {
  if (!isRecord(was) && !isRecord(is)) return [[path, was ?? null, is ?? null]];
  const [left, right] = [isRecord(was) ? was : {}, isRecord(is) ? is : {}];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])]
    .filter((name) => path !== "" || !OWN.test(name))
    .flatMap((name) => leaves(left[name], right[name], path === "" ? name : `${path}.${name}`));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function leftOutIn(note: string): string[] {
  const [, paths = ""] = /: left out (.*), (which|since) /.exec(note) ?? [];
  return paths.split(", ");
}

function camelCase(path: string): string {
  return path.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

function isJson(path: string): boolean {
  return path === "attributes";
}

function isSameJson(was: unknown, is: unknown): boolean {
  return isDeepStrictEqual(JSON.parse(String(was)), JSON.parse(String(is)));
}

/** Sets have no order. */
function sortedEqual(path: string, was: unknown, is: unknown): boolean {
  if (!/(^|\.)(permissions|filters|triggers|webhook_filters)$/.test(path)) return false;
  const sorted = (value: unknown) => (Array.isArray(value) ? [...new Set(value)].sort() : value);
  return isDeepStrictEqual(sorted(was), sorted(is));
}
