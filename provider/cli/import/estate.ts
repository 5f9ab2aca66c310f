import type { Connection } from "../../engine/connection";
import { type Definition, isSingleton } from "../../engine/define";
import { type JsonObject, without } from "../../engine/json";
import { placeOf } from "../../engine/place";
import { stateAfter } from "../../engine/state";
import {
  addressConfiguration,
  configuration,
  credential,
  credentialVariants,
  role,
  service,
  serviceConfiguration,
  serviceNotifications,
  serviceWebhooks,
  user,
  webhooks,
} from "../../resources";
import { counted } from "../counted";
import { filledText } from "../filled-text";
import type { LiveAccount, LiveService } from "./account";
import { conversationSections } from "./conversations";
import { argsOf, type Declaration, type ImportRow, importRow, variableExpression } from "./declaration";
import { commented, declaredInputs, leftOut } from "./declared-inputs";
import { Expression, objectFrom } from "./expression";
import { Names, resourceName, variableName, variableNames } from "./names";
import type { Constant, Program, Section } from "./program";
import { BUILT_IN, DEFAULT_ROLES, hasHooks, hasOwnDefaults, isSet, isShaped } from "./twilios-own";

export type MembersAs = "participants" | "roster";

export interface Estate {
  readonly program: Program;
  readonly rows: readonly ImportRow[];
  /** What the user should know, a sentence each. */
  readonly notes: readonly string[];
}

/** Gathers the program and its rows: each object gets its name, and later ones name it by its variable. */
export class EstateBuilder {
  readonly rows: ImportRow[] = [];
  readonly notes: string[] = [];
  readonly references = new Map<string, Expression>();
  readonly variables = variableNames();
  private readonly secrets: [string, string][] = [];
  private readonly names = new Map<string, Names>();

  constructor(
    private readonly connection: Connection,
    readonly account: LiveAccount,
    readonly membersAs: MembersAs,
  ) {}

  build(): Estate {
    const perService = this.account.services.flatMap((one) => this.serviceSections(one));
    const sections = [...perService, ...this.accountSections()];
    return { program: { secrets: this.secrets, sections }, rows: this.rows, notes: this.notes };
  }

  /** A name that no other resource of the type has. */
  nameFor(type: string, texts: readonly (string | undefined)[], fallback: string): string {
    const names = this.names.get(type) ?? new Names();
    this.names.set(type, names);
    return names.give(resourceName(texts, fallback));
  }

  /** The state as if the program had created what is live. */
  stateOf(definition: Definition, live: JsonObject, inputs: JsonObject, serviceSid?: string): JsonObject {
    const place = placeOf(definition, this.connection, live, serviceSid);
    const isLent =
      isSingleton(definition) || ("naturalKey" in definition && definition.naturalKey.appears === true);
    const found = isLent ? live : undefined;
    return stateAfter(definition, { inputs, live, found, place, isSent: () => true });
  }

  /** Declares one object as a program would, and records it. */
  declare(
    definition: Definition,
    live: JsonObject,
    naming: { readonly name: string; readonly variable?: string; readonly serviceSid?: string },
    { place = {}, leave = [] }: { readonly place?: JsonObject; readonly leave?: readonly string[] } = {},
    more: Partial<Declaration> = {},
  ): Declaration {
    const { inputs, refused } = declaredInputs(definition, live, place, leave);
    this.notes.push(...leftOut(`${definition.noun} ${naming.name}`, refused));
    const state = this.stateOf(definition, live, inputs, naming.serviceSid);
    this.rows.push(importRow(definition, naming.name, live, inputs, state));
    return {
      type: definition.type,
      name: naming.name,
      variable: naming.variable,
      ...more,
      ...commented(more.comment, refused),
      args: { ...argsOf(definition, inputs, this.references), ...more.args },
    };
  }

  private serviceSections(live: LiveService): Section[] {
    const { sid, row } = live;
    const place: JsonObject = row === undefined ? {} : { serviceSid: sid };
    const title = row === undefined ? "The default service" : `Service ${row["friendlyName"]}`;
    const own = row === undefined ? [] : [this.declareService(row)];
    const roles = this.declareRoles(live, place);
    const constants = [...roles.constants];
    const settings = this.declareSettings(live, constants);
    const people = live.users
      .filter((one) => isShaped(one, live.configuration))
      .map((one) => {
        const leave = one["roleSid"] === live.configuration["defaultChatServiceRoleSid"] ? ["roleSid"] : [];
        const name = this.nameFor("User", [String(one["identity"])], "user");
        return this.declare(user, one, { name, serviceSid: sid }, { place, leave });
      });
    const rest = live.users.length - people.length;
    if (rest > 0) {
      const where = row === undefined ? "the default service" : title;
      this.notes.push(`${counted(rest, "user")} of ${where} left to Twilio, which made them.`);
    }
    return [
      { title, declarations: own },
      {
        title: `${title}: roles, settings and users`,
        constants,
        declarations: [...roles.declarations, ...settings, ...people],
      },
      ...live.conversations.map((one) => conversationSections(this, live, one)),
    ];
  }

  private declareService(row: JsonObject): Declaration {
    const name = this.nameFor("Service", [String(row["friendlyName"])], "service");
    const variable = this.variableFor(String(row["sid"]), name, "service");
    return this.declare(service, row, { name, variable }, {}, { options: { protect: true } });
  }

  /** A variable for an object, by which everything after it names it. */
  variableFor(sid: string, name: string, fallback: string): string {
    const variable = this.variables.give(variableName(name, fallback), "");
    this.references.set(sid, variableExpression(variable));
    return variable;
  }

  private declareRoles({ sid, roles, configuration, users, conversations }: LiveService, place: JsonObject) {
    const isWhole = users.length > 0 || this.account.isWhole;
    const used = new Set(
      [...users, ...conversations.flatMap(({ participants }) => participants)].map(({ roleSid }) => roleSid),
    );
    const chosen = DEFAULT_ROLES.map((name) => configuration[name]);
    const isOwn = hasOwnDefaults(roles, configuration);
    if (isOwn) for (const roleSid of chosen) used.add(roleSid);
    const defaults = isOwn ? [] : chosen;
    const constants: Constant[] = [];
    const declarations: Declaration[] = [];
    for (const one of roles) {
      const roleSid = String(one["sid"]);
      const friendlyName = String(one["friendlyName"]);
      const isUsed = used.has(roleSid);
      if (BUILT_IN.includes(friendlyName)) {
        const isAssigned = roleSid === defaults[1] || roleSid === defaults[2];
        if (!isUsed || isAssigned) continue;
        const variable = this.variables.give(variableName(friendlyName, "role"), "");
        const naming = { friendlyName, type: String(one["type"]) };
        constants.push([variable, "getRoleOutput", argsOf(role, { ...place, ...naming }, this.references)]);
        this.references.set(roleSid, new Expression(`${variable}.sid`));
      } else if (isUsed || isWhole) {
        const name = this.nameFor("Role", [friendlyName], "role");
        const variable = this.variableFor(roleSid, name, "role");
        declarations.push(
          this.declare(
            role,
            one,
            { name, variable: isUsed ? variable : undefined, serviceSid: sid },
            { place },
          ),
        );
      }
    }
    return { constants, declarations };
  }

  /** The settings of a service that somebody has changed. */
  private declareSettings(live: LiveService, constants: Constant[]): Declaration[] {
    const { sid, row, configuration: roles, notifications, webhooks: hooks } = live;
    if (notifications === undefined || hooks === undefined) return [];
    const changed: [Definition, JsonObject][] = [];
    if (hasOwnDefaults(live.roles, roles) || roles["reachabilityEnabled"] === true)
      changed.push([serviceConfiguration, { ...roles, chatServiceSid: sid }]);
    if (isSet(serviceNotifications, notifications)) changed.push([serviceNotifications, notifications]);
    if (hasHooks(hooks)) changed.push([serviceWebhooks, hooks]);
    if (changed.length > 0 && !this.references.has(sid)) {
      const variable = this.variables.give("defaultServiceSid", "");
      constants.unshift([variable, sid]);
      this.references.set(sid, new Expression(variable));
    }
    const owner = row === undefined ? "default" : String(row["friendlyName"]);
    return changed.map(([definition, one]) => {
      const name = this.nameFor(definition.type, [owner], "service");
      return this.declare(definition, one, { name, serviceSid: sid }, { place: { serviceSid: sid } });
    });
  }

  private accountSections(): Section[] {
    const { isWhole, addresses, credentials, configuration: settings, webhooks: hooks } = this.account;
    if (!isWhole) return [];
    const own: Declaration[] = [];
    // The default service is where everything lives, and the default messaging service is the account's: both stay.
    const leave = ["defaultChatServiceSid", "defaultMessagingServiceSid"];
    if (isSet(configuration, without(settings, leave)))
      own.push(this.declare(configuration, settings, { name: "account" }, { leave }));
    if (hooks !== undefined && hasHooks(hooks)) own.push(this.declare(webhooks, hooks, { name: "account" }));
    const ours = addresses.map((one) => {
      const name = this.nameFor(
        "AddressConfiguration",
        [filledText(one["friendlyName"]), filledText(one["address"])],
        "address",
      );
      return this.declare(addressConfiguration, one, { name });
    });
    return [
      { title: "What is the account's own", declarations: [...own, ...ours] },
      { title: "Push notifications", declarations: credentials.map((one) => this.declareCredential(one)) },
    ];
  }

  /** What it holds, only its owner knows: the program takes that from the config, and sends it when told to. */
  private declareCredential(live: JsonObject): Declaration {
    const name = this.nameFor("Credential", [filledText(live["friendlyName"])], "credential");
    const { needs = {}, takes = [] } = credentialVariants.get(String(live["type"])) ?? {};
    const secrets = Object.keys(needs);
    const leave = takes.includes("sandbox") ? [] : ["sandbox"];
    const args: [string, Expression][] = secrets.map((field) => {
      const wanted = variableName(`${name}-${field}`, field);
      const variable = this.variables.give(wanted, "");
      this.secrets.push([variable, variable]);
      return [field, new Expression(variable)];
    });
    const more = {
      args: objectFrom(args),
      options: { ignoreChanges: secrets },
      comment: "Twilio never tells what it holds. Without ignoreChanges the next `pulumi up` sends it.",
    };
    return this.declare(credential, live, { name }, { leave }, more);
  }

  get secretKeys(): readonly string[] {
    return this.secrets.map(([, key]) => key);
  }
}
