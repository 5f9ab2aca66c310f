import type { Definition } from "../../core/definition/define";
import { isObject, type JsonObject, without } from "../../core/json";
import {
  addressConfiguration,
  configuration,
  service,
  serviceConfiguration,
  serviceNotifications,
  serviceWebhooks,
  user,
  webhooks,
} from "../../resources";
import { counted } from "../terminal/text";
import { conversationSections } from "./conversations";
import { argsOf, type Declaration, type ImportRow } from "./declaration";
import { notesOn } from "./declared-inputs";
import { declareListed, TITLES } from "./listed-objects";
import { Expression } from "./literal";
import { calledIn, type LiveService } from "./live-account";
import { variableName } from "./names";
import type { Constant, Program, Section } from "./program";
import type { ProgramBuilder } from "./program-builder";
import { declareRoles, defaultsLeftOut } from "./service-roles";
import { isSet, isShaped, ownDefaults, stockDefaults } from "./twilios-own";

/** Suffix for the account's configuration. */
const DEFAULT_SERVICE = '.apply((own) => own.defaultChatServiceSid ?? "")';

/** The changed settings of a service. */
function changedSettings(live: LiveService): (readonly [Definition, JsonObject])[] {
  const { sid, roles, configuration: settings, notifications, webhooks: hooks } = live;
  if (notifications === undefined || hooks === undefined) return [];
  const isOwn = ownDefaults(roles, settings).length > 0 || settings["reachabilityEnabled"] === true;
  return [
    ...(isOwn ? [[serviceConfiguration, { ...settings, chatServiceSid: sid }] as const] : []),
    ...(isSet(serviceNotifications, notifications) ? [[serviceNotifications, notifications] as const] : []),
    ...(isSet(serviceWebhooks, hooks) ? [[serviceWebhooks, hooks] as const] : []),
  ];
}

export interface GeneratedProgram {
  readonly program: Program;
  readonly rows: readonly ImportRow[];
  /** Notes for the user, one sentence each. */
  readonly notes: readonly string[];
}

/** Generates the program that declares the account's objects, and the values to record. */
export function generateProgram(builder: ProgramBuilder): GeneratedProgram {
  const perService = builder.account.services.flatMap((one) => serviceSections(builder, one));
  const sections = [...perService, ...accountSections(builder)];
  const { rows, remarks, secrets } = builder;
  return { program: { secrets, sections }, rows, notes: remarks.all() };
}

function serviceSections(builder: ProgramBuilder, live: LiveService): Section[] {
  const { sid, row } = live;
  const location: JsonObject = row === undefined ? {} : { serviceSid: sid };
  const called = calledIn(live);
  const title = called.charAt(0).toUpperCase() + called.slice(1);
  // On destroy, a stack that manages the service would delete all its contents, not only the requested objects.
  const isOwned = row !== undefined && live.isWhole;
  const own = isOwned ? [declareService(builder, row)] : [];
  const found = row === undefined || isOwned ? [] : [lookUpService(builder, live)];
  const roles = declareRoles(builder, live, location);
  const changed = changedSettings(live);
  const constants = [...found, ...defaultService(builder, live, changed.length > 0), ...roles.constants];
  const settings = declareSettings(builder, live, changed);
  const people = live.users
    .filter((one) => isShaped(one, live.configuration))
    .map((one) => {
      const isDefault = one["roleSid"] === live.configuration["defaultChatServiceRoleSid"];
      const leave =
        isDefault && defaultsLeftOut(live).includes("defaultChatServiceRoleSid") ? ["roleSid"] : [];
      const name = builder.nameFor("User", [String(one["identity"])], "user");
      return builder.declare(user, one, { name, serviceSid: sid }, { location, leave }, settings.before);
    });
  const rest = live.users.length - people.length;
  if (rest > 0)
    builder.remarks.add(
      `${counted(rest, "user")} of ${called} left out: Twilio makes one when its identity joins a conversation.`,
    );
  // In another account the service has another default role, which Twilio assigns to these users.
  if (rest > 0 && !defaultsLeftOut(live).includes("defaultChatServiceRoleSid"))
    builder.remarks.add(
      ...notesOn(`${counted(rest, "user")} of ${called}`, [{ path: "roleSid", reason: "unnamed" }]),
    );
  return [
    { title, declarations: own },
    {
      title: `${title}: roles, settings and users`,
      constants,
      declarations: [
        ...roles.declarations,
        ...settings.declarations,
        ...people,
        ...declareListed(builder, live.listed, { serviceSid: sid, location }),
      ],
    },
    ...live.conversations.map((one) => conversationSections(builder, live, one, settings.before)),
  ];
}

/** The default service differs between accounts, so the program looks it up. */
function defaultService(builder: ProgramBuilder, { sid, row }: LiveService, isNeeded: boolean): Constant[] {
  const isMeant = ({ autoCreation }: JsonObject) =>
    isObject(autoCreation) && autoCreation["conversationServiceSid"] === sid;
  const addresses = builder.account.listed.get(addressConfiguration) ?? [];
  if (row !== undefined || !(isNeeded || addresses.some(isMeant))) return [];
  const variable = builder.variables.give("defaultServiceSid", "");
  builder.references.set(sid, new Expression(variable));
  return [[variable, "getConfigurationOutput", DEFAULT_SERVICE]];
}

function lookUpService(builder: ProgramBuilder, { sid, naming }: LiveService): Constant {
  const variable = builder.variables.give(
    variableName(String(naming["friendlyName"] ?? "service"), "service"),
    "",
  );
  builder.references.set(sid, new Expression(`${variable}.sid`));
  return [variable, "getServiceOutput", argsOf(service, naming, new Map())];
}

function declareService(builder: ProgramBuilder, row: JsonObject): Declaration {
  const name = builder.nameFor("Service", [String(row["friendlyName"])], "service");
  const variable = builder.variableFor(String(row["sid"]), name, "service");
  builder.remarks.count("protected");
  return builder.declare(service, row, { name, variable }, {}, { options: { protect: true } });
}

/** Declares changed settings. `before` holds the options of resources that Pulumi must create after the defaults. */
function declareSettings(
  builder: ProgramBuilder,
  { sid, row, roles, configuration }: LiveService,
  changed: readonly (readonly [Definition, JsonObject])[],
): { declarations: Declaration[]; before: Partial<Declaration> } {
  const owner = row === undefined ? "default" : String(row["friendlyName"]);
  const leave = stockDefaults(roles, configuration);
  const hasDefaults = ownDefaults(roles, configuration).length > 0;
  let before: Partial<Declaration> = {};
  const declarations = changed.map(([definition, one]) => {
    const name = builder.nameFor(definition.type, [owner], "service");
    const isFirst = hasDefaults && definition === serviceConfiguration;
    const variable = isFirst
      ? builder.variables.give(variableName(`${name}-configuration`, "configuration"), "")
      : undefined;
    if (variable !== undefined) before = { options: { dependsOn: new Expression(variable) } };
    return builder.declare(
      definition,
      one,
      { name, variable, serviceSid: sid },
      { location: { serviceSid: sid }, leave },
    );
  });
  return { declarations, before };
}

function accountSections(builder: ProgramBuilder): Section[] {
  const { isWhole, listed, configuration: settings, webhooks: hooks } = builder.account;
  if (!isWhole) return [];
  const own: Declaration[] = [];
  // The default service and the default messaging service belong to the account: leave both.
  const leave = ["defaultChatServiceSid", "defaultMessagingServiceSid"];
  builder.remarks.add(
    `the account: left out ${leave.join(", ")} and the name of its default service, which belong to this account.`,
  );
  if (isSet(configuration, without(settings, leave)))
    own.push(builder.declare(configuration, settings, { name: "account" }, { leave }));
  if (hooks !== undefined && isSet(webhooks, hooks))
    own.push(builder.declare(webhooks, hooks, { name: "account" }));
  return [
    {
      title: "Settings and objects of the account",
      declarations: [...own, ...declareListed(builder, listed)],
    },
    ...TITLES.map((title) => ({ title, declarations: declareListed(builder, listed, { title }) })),
  ];
}
