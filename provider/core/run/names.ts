import type { Definition } from "../definition/define";
import { isNamed, ownName } from "../definition/reference";
import type { JsonObject } from "../json";
import { unconfirmedIn } from "../state/unconfirmed";

/** Where a name means one object: Twilio allows each once in a service. */
export interface NameScope {
  readonly type: string;
  readonly accountSid: string;
  readonly serviceSid: string;
}

/**
 * What a run knows of the names that Twilio takes in place of SIDs: as they are when the program is carried out, not as
 * they are now, since it may be about to change them.
 */
export class Names {
  private readonly sids = new Map<string, string>();
  private readonly names = new Map<string, string | undefined>();
  private readonly intended = new Set<string>();

  /** Notes how the object is called, or is to be; undefined where it goes, or has no name any more. */
  note(scope: NameScope, sid: string, name: string | undefined, isIntended = false): void {
    if (isIntended) this.intended.add(sid);
    else this.intended.delete(sid);
    const before = this.names.get(sid);
    if (before !== undefined && this.sids.get(before) === sid) this.sids.delete(before);
    const key = name === undefined ? undefined : keyOf(scope, name);
    this.names.set(sid, key);
    if (key !== undefined) this.sids.set(key, sid);
  }

  /** Notes how an object is called whose state says where it lives, if others can refer to it by a name. */
  noteObject(definition: Definition, sid: string, state: JsonObject, values: JsonObject): void {
    if (isNamed(definition)) this.note(scopeOf(definition.type, state), sid, ownName(definition, values));
  }

  /** Notes what a resource is to be called: where that differs from its state, it can still be refused. */
  noteIntended(definition: Definition, sid: string, state: JsonObject, values: JsonObject): void {
    if (!isNamed(definition)) return;
    const name = ownName(definition, values);
    const isKnown = state["unsettled"] !== true && unconfirmedIn(state).length === 0;
    const isDone = isKnown && name === ownName(definition, state);
    this.note(scopeOf(definition.type, state), sid, name, !isDone);
  }

  /** Whether the object is to get its name, or to lose it, and nobody has seen that done. */
  isIntended(sid: string): boolean {
    return this.intended.has(sid);
  }

  /** The SID of what the name means, where a resource of the program says so. */
  sidOf(scope: NameScope, name: string): string | undefined {
    return this.sids.get(keyOf(scope, name));
  }

  /** Whether the object is known to have another name. */
  isRenamed(scope: NameScope, sid: string, name: string): boolean {
    return this.names.get(sid) !== undefined && this.isOtherwise(scope, sid, name);
  }

  /** Whether the object is known to be called otherwise, or to go. */
  isOtherwise(scope: NameScope, sid: string, name: string): boolean {
    return this.names.has(sid) && this.names.get(sid) !== keyOf(scope, name);
  }
}

function keyOf({ type, accountSid, serviceSid }: NameScope, name: string): string {
  return JSON.stringify([type, accountSid, serviceSid, name]);
}

/** Where what a state holds has its name. */
export function scopeOf(type: string, { accountSid, chatServiceSid }: JsonObject): NameScope {
  return { type, accountSid: String(accountSid), serviceSid: String(chatServiceSid) };
}
