import { TwilioError, unlessMissing } from "../../http/errors";
import { pathOf } from "../../http/path";
import type { Connection } from "../api/connection";
import { isInService } from "../definition/define";
import { nameIn, type ReferenceEntry, referencesOf, referredSid } from "../definition/reference";
import { isUnknown } from "../engine-transport";
import { briefly } from "../errors";
import { type JsonObject, textOf } from "../json";
import { scopeOf } from "../run/names";
import type { Declaration } from "../run/ownership";
import type { Session } from "../run/session";
import type { RosterDefinition } from "./definition";

/** The answer is unknown; `because` ends a sentence. */
export interface Unclear {
  readonly because: string;
}

/** Whether another resource declares the member in the same conversation. */
export type Owned = boolean | Unclear;

/**
 * Whether another resource of the program declares a member, alone or in a roster. The same identity can be in many
 * conversations. A conversation can be named by SID or unique name, by two names of one account, with its service or
 * without. So locations are resolved before they are compared.
 */
export class MemberOwnership {
  private readonly reference: ReferenceEntry;
  private readonly asked = new Map<string, Promise<string | undefined>>();

  constructor(
    private readonly definition: RosterDefinition,
    private readonly session: Session,
  ) {
    const [reference] = referencesOf(definition);
    if (reference === undefined) throw new Error(`${definition.type} refers to nothing`);
    this.reference = reference;
  }

  /** The answer for a recorded member with its location. */
  async of(member: JsonObject): Promise<Owned> {
    let owned: Owned = false;
    for (const declaration of this.declarationsLike(member)) {
      const isHere = await this.isHere(declaration, member);
      if (isHere === true) return true;
      if (isHere !== false) owned = isHere;
    }
    return owned;
  }

  /** The declarations of the member in its conversation. */
  async ownersOf(member: JsonObject): Promise<Declaration[]> {
    const asked = this.declarationsLike(member).map(async (declaration) =>
      (await this.isHere(declaration, member)) === true ? [declaration] : [],
    );
    return (await Promise.all(asked)).flat();
  }

  /** Registered declarations of the same person, in any conversation. */
  declarationsLike(member: JsonObject): Declaration[] {
    const { member: kind } = this.definition;
    const declarations = [...this.session.ownership.declarationsOf(kind)];
    return declarations.filter(({ inputs }) => kind.naturalKey.matches(inputs, member));
  }

  private async isHere({ inputs, location: standing }: Declaration, home: JsonObject): Promise<Owned> {
    const { reference } = this;
    const homeSid = referredSid(reference, home);
    const sid = referredSid(reference, standing ?? inputs);
    // SIDs are unique over all accounts.
    if (homeSid === undefined) return { because: "the state does not say which conversation it is in" };
    if (sid !== undefined && sid !== homeSid) return false;
    if (standing !== undefined && sid !== undefined) return true;
    const { account } = inputs;
    if (isUnknown(account) || isUnknown(inputs["serviceSid"])) return NOT_KNOWN;
    const connection = this.connectionIfAny(inputs);
    if (connection === undefined)
      return { because: `the credentials of account ${JSON.stringify(account ?? "")} cannot be used` };
    if (connection.credentials.accountSid !== home["accountSid"]) return false;
    try {
      return await this.isHereByService(connection, inputs, home, homeSid);
    } catch (error) {
      if (!(error instanceof TwilioError)) throw error;
      return { because: briefly(error) };
    }
  }

  private async isHereByService(
    connection: Connection,
    inputs: JsonObject,
    home: JsonObject,
    homeSid: string,
  ): Promise<Owned> {
    const { definition, reference, session } = this;
    // A 404 may come from another account's key.
    const { defaultServiceSid } = await connection.verified();
    const service = textOf(inputs["serviceSid"]) ?? defaultServiceSid;
    if (isInService(definition) && service !== home["chatServiceSid"]) return false;
    const given = inputs[reference.name];
    if (given === homeSid) return true;
    const name = nameIn(reference, given);
    if (name === undefined) return NOT_KNOWN;
    const scope = scopeOf(reference.refers.type, home);
    const { names } = session;
    const meant = names.sidOf(scope, name);
    const isProven = meant !== undefined && !names.isIntended(meant);
    const sid = isProven ? meant : await this.sidAsked(connection, service, inputs);
    // Twilio may refuse a rename that is still planned.
    if (meant !== undefined && meant !== sid && [meant, sid].includes(homeSid))
      return { because: "the program is about to give that name to another conversation" };
    if (sid !== homeSid) return false;
    return names.isOtherwise(scope, sid, name)
      ? { because: "the program is about to give the conversation another name" }
      : true;
  }

  /** The SID that the name refers to now; asked once for all members. */
  private sidAsked(connection: Connection, service: string, inputs: JsonObject): Promise<string | undefined> {
    const path = pathOf(["Services", service, ...this.definition.parentPath(inputs)]);
    const known = this.asked.get(path) ?? this.ask(connection, path);
    this.asked.set(path, known);
    return known;
  }

  private async ask(connection: Connection, path: string): Promise<string | undefined> {
    const request = { method: "GET", path, repeatable: true, attempting: "look up a unique name" } as const;
    const found = await unlessMissing(() => connection.request(request, this.session.deadline()));
    return found && String(found.body["sid"]);
  }

  private connectionIfAny(inputs: JsonObject): Connection | undefined {
    try {
      return this.session.connection(inputs);
    } catch (error) {
      if (!(error instanceof TwilioError)) throw error;
      return undefined;
    }
  }
}

const NOT_KNOWN: Unclear = { because: "where the other resource is, is not known yet" };
