import type { JsonObject } from "../../provider/core/json";
import type { WriteLimit } from "../../provider/http/path-words";
import type { Declaration, World } from "./drifted";
import type { InEstate } from "./in-estate";
import type { Reviewed } from "./reviewed";
import type { SingletonSpecimen, Specimen, ValueSpecimen } from "./specimen";

/** All that the tests need to know of one type. Each suite reads its part of it. */
export interface TypeTable {
  /**
   * What the lifecycle suite on the engine declares, and the stack in which it does: an operation costs seconds
   * whatever is in the program, so several types share one.
   */
  readonly lifecycle:
    | { readonly stack: "members" | "objects"; readonly specimen: Specimen }
    | { readonly stack: "settings"; readonly specimen: SingletonSpecimen }
    | { readonly stack: "user conversations"; readonly specimen: ValueSpecimen };
  /** Inputs that declare every field once, as its users write them. */
  readonly everyField: JsonObject;
  /** What is otherwise where not all fields can stand together: in some declaration each can. Default: nothing. */
  readonly alternatives?: readonly JsonObject[];
  /** For the truth table of drift: declarations that together declare each field which Twilio tells of. */
  readonly drifted: (world: World) => readonly Declaration[];
  /** For the table of drift reviews. */
  readonly reviewed: readonly Reviewed[];
  /** What it says besides its conversation, where it is in one. */
  readonly inConversation?: JsonObject;
  /** For the tests on crashes and on recorded states, which declare all types together. */
  readonly inEstate: InEstate;
  /** What a person would tell its objects there apart by, in Twilio's names. A setting is there once in any case. */
  readonly label?: readonly string[];
  /** What Twilio's limit of 30 writes a second counts its creation against; none where Twilio states no limit. */
  readonly writeLimit: WriteLimit | "none";
  /** Whether a function looks it up. Not what a program sends or keeps secret, nor most settings. */
  readonly hasLookUp: boolean;
  /** Where its object is in the API, below `/v1/`; `id` stands for its SID. */
  readonly path: string;
}
