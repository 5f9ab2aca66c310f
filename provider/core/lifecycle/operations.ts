import type { JsonObject } from "../json";
import type { Difference } from "../state/diff";

export interface Found {
  readonly state: JsonObject;
  readonly inputs: JsonObject | undefined;
}

export interface Created {
  readonly sid: string;
  readonly state: JsonObject;
}

/** What the engine asks of every resource, in plain values. */
export interface Life {
  /** `goesOn`: the engine takes up the next resource whatever is wrong with this one. */
  check(olds: JsonObject, news: JsonObject, goesOn?: boolean): { inputs: JsonObject; failures: string[] };
  diff(sid: string, state: JsonObject, inputs: JsonObject): Difference;
  create(inputs: JsonObject): Promise<Created>;
  read(sid: string, state: JsonObject): Promise<Found | undefined>;
  update(sid: string, state: JsonObject, inputs: JsonObject): Promise<JsonObject>;
  delete(sid: string, state: JsonObject): Promise<void>;
}
