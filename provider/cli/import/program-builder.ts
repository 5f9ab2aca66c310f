import type { Connection } from "../../core/api/connection";
import { type Definition, isSingleton } from "../../core/definition/define";
import type { JsonObject } from "../../core/json";
import { locationOf } from "../../core/lifecycle/location";
import { stateAfter } from "../../core/state/state";
import { argsOf, type Declaration, type ImportRow, importRow, variableExpression } from "./declaration";
import { commented, declaredInputs, notesOn } from "./declared-inputs";
import type { Expression } from "./literal";
import type { LiveAccount } from "./live-account";
import { Names, resourceName, variableName, variableNames } from "./names";
import { Remarks } from "./remarks";

export type MembersAs = "participants" | "roster";

/** Collects the generated program and its import rows. Names each object; later ones refer to its variable. */
export class ProgramBuilder {
  readonly rows: ImportRow[] = [];
  readonly remarks = new Remarks();
  readonly references = new Map<string, Expression>();
  readonly variables = variableNames();
  /** Variables that take secrets from the config, with their keys. */
  readonly secrets: [string, string][] = [];
  private readonly names = new Map<string, Names>();

  constructor(
    private readonly connection: Connection,
    readonly account: LiveAccount,
    readonly membersAs: MembersAs,
  ) {}

  /** A name unique among resources of the type. */
  nameFor(type: string, texts: readonly (string | undefined)[], fallback: string): string {
    const names = this.names.get(type) ?? new Names();
    this.names.set(type, names);
    return names.give(resourceName(texts, fallback));
  }

  /** The state as if the program had created the live object. */
  stateOf(definition: Definition, live: JsonObject, inputs: JsonObject, serviceSid?: string): JsonObject {
    const location = locationOf(definition, this.connection, live, serviceSid);
    const isPreExisting =
      isSingleton(definition) ||
      ("naturalKey" in definition && definition.naturalKey.createdImplicitly === true);
    const found = isPreExisting ? live : undefined;
    return stateAfter(definition, { inputs, live, found, location, isSent: () => true });
  }

  /** Whether the program can refer to the object with this SID. */
  readonly isNamed = (sid: string): boolean => this.references.has(sid);

  /** Declares one object and adds its import row. */
  declare(
    definition: Definition,
    live: JsonObject,
    naming: { readonly name: string; readonly variable?: string; readonly serviceSid?: string },
    {
      location = {},
      leave = [],
    }: { readonly location?: JsonObject; readonly leave?: readonly string[] } = {},
    more: Partial<Declaration> = {},
  ): Declaration {
    const { inputs, leftOut } = declaredInputs(definition, live, location, leave, this.isNamed);
    this.remarks.add(...notesOn(`${definition.noun} ${naming.name}`, leftOut));
    const state = this.stateOf(definition, live, inputs, naming.serviceSid);
    this.rows.push(importRow(definition, naming.name, live, inputs, state));
    return {
      type: definition.type,
      name: naming.name,
      variable: naming.variable,
      ...more,
      ...commented(more.comment, leftOut),
      args: { ...argsOf(definition, inputs, this.references), ...more.args },
    };
  }

  /** Reserves a variable for an object; later declarations refer to it. */
  variableFor(sid: string, name: string, fallback: string): string {
    const variable = this.variables.give(variableName(name, fallback), "");
    this.references.set(sid, variableExpression(variable));
    return variable;
  }
}
