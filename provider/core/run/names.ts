import type { Definition } from "../definition/define";
import { isNamed, ownName } from "../definition/reference";
import type { JsonObject } from "../json";
import { unconfirmedIn } from "../state/unconfirmed";

/** The scope in which Twilio allows each name once. */
export interface NameScope {
  readonly type: string;
  readonly accountSid: string;
  readonly serviceSid: string;
}

/**
 * The names that Twilio accepts in place of SIDs. They are those after this run, not the current ones, since the
 * program may be about to change them.
 */
export class Names {
  private readonly sids = new Map<string, string>();
  private readonly names = new Map<string, string | undefined>();
  private readonly intended = new Set<string>();

  /** Notes the object's current or planned name; undefined if it is deleted, or has no name any more. */
  note(scope: NameScope, sid: string, name: string | undefined, isIntended = false): void {
    if (isIntended) this.intended.add(sid);
    else this.intended.delete(sid);
    const before = this.names.get(sid);
    if (before !== undefined && this.sids.get(before) === sid) this.sids.delete(before);
    const key = name === undefined ? undefined : keyOf(scope, name);
    this.names.set(sid, key);
    if (key !== undefined) this.sids.set(key, sid);
  }

  /** Notes the name of a recorded object, if others can refer to it by name. */
  noteObject(definition: Definition, sid: string, state: JsonObject, values: JsonObject): void {
    if (isNamed(definition)) this.note(scopeOf(definition.type, state), sid, ownName(definition, values));
  }

  /** Notes a resource's planned name: where that differs from its state, Twilio can still refuse it. */
  noteIntended(definition: Definition, sid: string, state: JsonObject, values: JsonObject): void {
    if (!isNamed(definition)) return;
    const name = ownName(definition, values);
    const isKnown = state["unsettled"] !== true && unconfirmedIn(state).length === 0;
    const isDone = isKnown && name === ownName(definition, state);
    this.note(scopeOf(definition.type, state), sid, name, !isDone);
  }

  /** Whether the object's name is to be set or cleared, and no response confirms it yet. */
  isIntended(sid: string): boolean {
    return this.intended.has(sid);
  }

  /** The SID that the name refers to, if a resource of the program says so. */
  sidOf(scope: NameScope, name: string): string | undefined {
    return this.sids.get(keyOf(scope, name));
  }

  /** Whether the object is known to have another name. */
  isRenamed(scope: NameScope, sid: string, name: string): boolean {
    return this.names.get(sid) !== undefined && this.isOtherwise(scope, sid, name);
  }

  /** Whether the object is known to have another name or none, or to be deleted. */
  isOtherwise(scope: NameScope, sid: string, name: string): boolean {
    return this.names.has(sid) && this.names.get(sid) !== keyOf(scope, name);
  }
}

function keyOf({ type, accountSid, serviceSid }: NameScope, name: string): string {
  return JSON.stringify([type, accountSid, serviceSid, name]);
}

/** The name scope of a recorded object. */
export function scopeOf(type: string, { accountSid, chatServiceSid }: JsonObject): NameScope {
  return { type, accountSid: String(accountSid), serviceSid: String(chatServiceSid) };
}
