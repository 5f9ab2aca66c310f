import type { JsonObject } from "../../core/json";
import { type DefaultRoleField, role, type StockRole, stockRoles } from "../../resources";
import { argsOf, type Declaration } from "./declaration";
import { Expression } from "./literal";
import { calledIn, type LiveService } from "./live-account";
import { variableName } from "./names";
import type { Constant } from "./program";
import type { ProgramBuilder } from "./program-builder";
import { isAsMade, isShaped, ownDefaults, rolesFromTwilio, stockDefaults } from "./twilios-own";

export interface DeclaredRoles {
  /** Look-ups of the roles left to Twilio. */
  readonly constants: readonly Constant[];
  readonly declarations: readonly Declaration[];
}

const TAKEN_OVER =
  "Twilio creates it with the service: elsewhere the program adopts it,\nand it stays on destroy.";

/**
 * Declares the roles of a service. An unchanged role of Twilio's is looked up where something refers to it. A changed
 * one, or one with a duplicate, which its name cannot find, is declared.
 */
export function declareRoles(
  builder: ProgramBuilder,
  service: LiveService,
  location: JsonObject,
): DeclaredRoles {
  const { sid: serviceSid, roles, undeclarable, isWhole } = service;
  const fromTwilio = rolesFromTwilio(roles);
  const used = rolesNamed(service);
  const missing = stockRoles
    .filter((stock) => !fromTwilio.has(stock))
    .map(({ friendlyName }) => friendlyName);
  if (isWhole && missing.length > 0)
    builder.remarks.add(
      `${calledIn(service)}: has no role ${missing.join(" and ")}, which Twilio makes with every service.`,
    );
  for (const [sid, reason] of undeclarable) if (isWhole || used.has(sid)) builder.remarks.add(reason);
  const constants: Constant[] = [];
  const declarations: Declaration[] = [];
  const takenOver = new Map<StockRole, string>();
  for (const [stock, one] of fromTwilio) {
    if (undeclarable.has(one["sid"])) continue;
    const isUsed = used.has(one["sid"]);
    const hasDuplicate = roles.some((other) => other !== one && isNamed(other, stock));
    if (isAsMade(stock, one) && (!hasDuplicate || !(isUsed || isWhole))) {
      if (isUsed) constants.push(lookUp(builder, one, stock, location));
      continue;
    }
    if (!isUsed && !isWhole) continue;
    const name = builder.nameFor("Role", [stock.friendlyName], "role");
    const variable = builder.variableFor(String(one["sid"]), name, "role");
    takenOver.set(stock, variable);
    declarations.push(
      builder.declare(
        role,
        one,
        { name, variable: isUsed || hasDuplicate ? variable : undefined, serviceSid },
        { location: { ...location, adopt: "always" } },
        { options: { retainOnDelete: true }, comment: TAKEN_OVER },
      ),
    );
  }
  const known = new Set([...undeclarable.keys(), ...[...fromTwilio.values()].map(({ sid }) => sid)]);
  for (const one of roles.filter(({ sid }) => !known.has(sid) && (isWhole || used.has(sid)))) {
    const name = builder.nameFor("Role", [String(one["friendlyName"])], "role");
    const variable = builder.variableFor(String(one["sid"]), name, "role");
    const duplicate = [...takenOver].find(([stock]) => isNamed(one, stock))?.[1];
    declarations.push(
      builder.declare(
        role,
        one,
        { name, variable: used.has(one["sid"]) ? variable : undefined, serviceSid },
        { location },
        // In another account, Twilio's own role must be adopted first.
        duplicate === undefined ? {} : { options: { dependsOn: new Expression(duplicate) } },
      ),
    );
  }
  return { constants, declarations };
}

function isNamed(row: JsonObject, { friendlyName, type }: StockRole): boolean {
  return row["friendlyName"] === friendlyName && row["type"] === type;
}

function lookUp(builder: ProgramBuilder, row: JsonObject, stock: StockRole, location: JsonObject): Constant {
  const { friendlyName, type } = stock;
  const variable = builder.variables.give(variableName(friendlyName, "role"), "");
  builder.references.set(String(row["sid"]), new Expression(`${variable}.sid`));
  return [variable, "getRoleOutput", argsOf(role, { ...location, friendlyName, type }, builder.references)];
}

/** The SIDs of roles that the program refers to. */
function rolesNamed(service: LiveService): Set<unknown> {
  const { configuration, users, conversations } = service;
  const left = defaultsLeftOut(service);
  const isSaid = (roleSid: unknown, field: DefaultRoleField) =>
    roleSid !== configuration[field] || !left.includes(field);
  const members = conversations
    .flatMap(({ participants }) => participants)
    .filter(({ roleSid }) => isSaid(roleSid, "defaultConversationRoleSid"));
  const people = users.filter(
    (one) => isShaped(one, configuration) && isSaid(one["roleSid"], "defaultChatServiceRoleSid"),
  );
  const chosen = setDefaults(service).map((name) => configuration[name]);
  return new Set([...[...members, ...people].map(({ roleSid }) => roleSid), ...chosen]);
}

/** The defaults that the program sets. */
function setDefaults({ roles, undeclarable, configuration, isWhole }: LiveService): DefaultRoleField[] {
  if (!isWhole) return [];
  return ownDefaults(roles, configuration).filter((name) => !undeclarable.has(configuration[name]));
}

/** The default roles that members and users need not declare: Twilio's own, and those that the program sets. */
export function defaultsLeftOut(service: LiveService): DefaultRoleField[] {
  return [...stockDefaults(service.roles, service.configuration), ...setDefaults(service)];
}
