import type { JsonObject } from "../json";
import type { DiffResult } from "../state/diff";

export interface ReadResult {
  readonly state: JsonObject;
  readonly inputs: JsonObject | undefined;
}

export interface CreateResult {
  readonly sid: string;
  readonly state: JsonObject;
}

/** The operations that Pulumi's engine calls on every resource, in plain values. */
export interface ResourceProvider {
  /** `goesOn`: the engine continues with the next resource despite problems of this one. */
  check(olds: JsonObject, news: JsonObject, goesOn?: boolean): { inputs: JsonObject; failures: string[] };
  diff(sid: string, state: JsonObject, inputs: JsonObject): DiffResult;
  create(inputs: JsonObject): Promise<CreateResult>;
  read(sid: string, state: JsonObject): Promise<ReadResult | undefined>;
  update(sid: string, state: JsonObject, inputs: JsonObject): Promise<JsonObject>;
  delete(sid: string, state: JsonObject): Promise<void>;
}
