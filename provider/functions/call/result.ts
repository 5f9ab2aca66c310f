import type * as pulumi from "@pulumi/pulumi";
import { requestFor } from "../../core/api/request";
import { idOf, parentFields, secretOutputs } from "../../core/definition/define";
import type { Json, JsonObject } from "../../core/json";
import { locationOf, serviceOf } from "../../core/lifecycle/location";
import type { AccountObject } from "../../core/program/object-resource";
import { stateAfter } from "../../core/state/state";
import type { Search } from "./lookup";

type OutputNames<Resource> = {
  [Name in keyof Resource]: Resource[Name] extends pulumi.Output<unknown> ? Name : never;
}[keyof Resource];

type PlainValues<Resource, Name extends keyof Resource> = {
  readonly [Key in Name]: Resource[Key] extends pulumi.OutputInstance<infer Value> ? Value : never;
};

/** Fields of every result. */
interface EveryResult {
  /** Its URL in Twilio's API. */
  readonly url: string;
}

/** Fields of every object. */
interface EveryObjectResult extends EveryResult {
  /** Its SID. */
  readonly sid: string;
  /** When it last changed, ISO 8601. */
  readonly dateUpdated: string;
}

type Shared<Resource> = Resource extends AccountObject ? EveryObjectResult : EveryResult;

/** The outputs of a resource class as plain values, except those in `Declared`, which repeat the program's inputs. */
export type ResultOf<Resource, Declared extends keyof Resource = never> = PlainValues<
  Resource,
  Exclude<OutputNames<Resource>, "id" | "urn" | keyof EveryObjectResult | Declared>
> &
  Shared<Resource>;

/** Fields of every object in a conversation. */
export interface InConversationResult {
  /** SID (CH…) of the conversation. */
  readonly conversationSid: string;
}

/** State keys that are no outputs of the class. */
const BOOKKEEPING = ["region", "assigned", "answered", "before"];

/** Converts a live object to the result of a look-up: what the resource's `get` has, as plain values. */
export function resultOf({ definition, connection, account, inputs }: Search, live: JsonObject): Json {
  // From Twilio's response: the program may have given a conversation's unique name.
  const where = parentFields(definition, live);
  const location = locationOf(definition, connection, live, serviceOf(definition, inputs, account));
  const state = stateAfter(definition, { inputs: where, live, location, isSent: () => true });
  for (const name of [...BOOKKEEPING, ...secretOutputs(definition)]) delete state[name];
  const id = idOf(definition, live);
  const { path } = requestFor(definition, "read", { ...inputs, ...where }, id);
  const sid = live["sid"];
  return { ...(sid === undefined ? {} : { sid }), ...state, url: location.origin + path };
}
