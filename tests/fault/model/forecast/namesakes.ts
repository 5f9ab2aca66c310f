import type { JsonObject } from "../../../../provider/core/json";
import type { Held } from "../held";
import type { Model } from "../model";
import { type Declaration, ENFORCED, KEYS, type Kind } from "../program/declaration";
import { UNTOLD, WATCHED } from "../program/fields";
import { holds, isFinal, type Thing, type World } from "../world";

const WINDOW_MS = 3_600_000;

/** What has the natural key of a declaration, and what a create makes of it. */
export class Namesakes {
  constructor(
    private readonly model: Model,
    private readonly world: World,
    private readonly nowMs: number,
  ) {}

  /** What has the same natural key, and no other resource that keeps it: first the program's own, then the newest. */
  rivalsOf(
    kind: Kind,
    wanted: JsonObject,
    row: Held | undefined,
    staysWithAnother: (key: string) => boolean,
  ): Thing[] {
    const names = KEYS[kind].filter((name) => name in wanted || name in this.model.defaults[kind]);
    // A history can hold the same words many times.
    if (kind === "Message" && "dateCreated" in wanted) names.push("dateCreated");
    const key = { ...this.model.defaults[kind], ...wanted };
    const isUsable = (thing: Thing) =>
      ENFORCED.includes(kind) || kind === "User" || !staysWithAnother(thing.key);
    const worth = (thing: Thing) => (this.isOwn(kind, wanted, thing) ? this.nowMs : 0) + thing.createdMs;
    return [...this.world.values()]
      .filter((thing) => thing.kind === kind && thing.key !== row?.key && holds(thing, key, names))
      .filter(isUsable)
      .sort((left, right) => worth(right) - worth(left));
  }

  /** Twilio takes an address with its proxy once in all open conversations, and a create looks in its own. */
  inOtherConversation({ fields }: Declaration, wanted: JsonObject | undefined): Thing | undefined {
    const { messagingBinding } = fields;
    if (messagingBinding === undefined) return undefined;
    return [...this.world.values()].find(
      (thing) =>
        holds(thing, { messagingBinding }) &&
        thing.fields["conversationSid"] !== wanted?.["conversationSid"] &&
        !isFinal(this.world, thing),
    );
  }

  /** Whether a create takes it over, refuses to go on beside it, or does not mind it. */
  fateOf({ kind, fields }: Declaration, wanted: JsonObject, thing: Thing): "adopted" | "refused" | "ignored" {
    if (kind === "ServiceConfiguration" || kind === "User") return "adopted";
    if (thing.fields["state"] === "closed") return "refused";
    if (fields["adopt"] === "always") return "adopted";
    const isEnforced = ENFORCED.includes(kind);
    const isOwn = fields["adopt"] !== "never" && this.isOwn(kind, wanted, thing);
    if (!isOwn) return isEnforced ? "refused" : "ignored";
    // It may be another's, with another secret or subject: nothing tells.
    const isDoubtful = UNTOLD.some((name) => name in wanted) && wanted["dateCreated"] === undefined;
    return isDoubtful && !isEnforced ? "refused" : "adopted";
  }

  /** Whether all that can be compared says that an interrupted run of the program left it. */
  private isOwn(kind: Kind, wanted: JsonObject, thing: Thing): boolean {
    const told = Object.keys(wanted).filter((name) => !UNTOLD.includes(name));
    // Somebody has given it another role than Twilio gives.
    const isPlain = WATCHED in wanted || thing.fields[WATCHED] === this.model.defaults[kind][WATCHED];
    const isRecent = this.nowMs - thing.createdMs <= WINDOW_MS || wanted["dateCreated"] !== undefined;
    return holds(thing, wanted, told) && isPlain && isRecent;
  }

  /** The same of what appears by itself: what everybody's has tells nothing. */
  isLeftBehind(kind: Kind, wanted: JsonObject, thing: Thing): boolean {
    const { friendlyName = "", attributes = {} } = wanted;
    const declaresMore = friendlyName !== "" || Object.keys(attributes as object).length > 0;
    return declaresMore && this.isOwn(kind, wanted, thing);
  }
}
