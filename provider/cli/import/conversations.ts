import { isObject, type Json, type JsonObject, pick, without } from "../../core/json";
import { type Held, ownFields } from "../../core/roster/definition";
import { stateWith } from "../../core/roster/state";
import { conversation, participant, roster, userConversation } from "../../resources";
import { filledText, oneLine } from "../terminal/text";
import { argsOf, type Declaration, importRow } from "./declaration";
import { declaredInputs, notesOn } from "./declared-inputs";
import { declareListed } from "./listed-objects";
import { Expression, objectFrom, type Values } from "./literal";
import type { LiveConversation, LiveService } from "./live-account";
import { Names, resourceName, variableName } from "./names";
import type { MembersLoop, Section } from "./program";
import type { ProgramBuilder } from "./program-builder";
import { defaultsLeftOut } from "./service-roles";
import { isSet } from "./twilios-own";

interface Member {
  readonly label: string;
  readonly live: JsonObject;
  readonly inputs: JsonObject;
}

/** The members of one conversation. */
interface Crowd {
  /** The resource name of the conversation. */
  readonly name: string;
  readonly members: readonly Member[];
  /** Arguments that all members share. */
  readonly within: JsonObject;
  readonly serviceSid: string;
  /** The variable for the member resources; undefined where nothing depends on them. */
  readonly resources: string | undefined;
}

/** The program section for a conversation, its members and its webhooks. */
export function conversationSections(
  builder: ProgramBuilder,
  service: LiveService,
  { row, participants, listed, userConversations }: LiveConversation,
  before: Partial<Declaration>,
): Section {
  const serviceSid = service.sid;
  const location: JsonObject = service.row === undefined ? {} : { serviceSid };
  const sid = String(row["sid"]);
  const names = [filledText(row["friendlyName"]), filledText(row["uniqueName"])];
  const title = names.find((text = "") => oneLine(text) !== "") ?? "A conversation without a name";
  const name = builder.nameFor(
    "Conversation",
    [filledText(row["uniqueName"]), filledText(row["friendlyName"])],
    "conversation",
  );
  const within = { ...location, conversationSid: sid };
  const hasOthers = [participants, ...listed.values()].some((rows) => rows.length > 0);
  const variable = hasOthers ? builder.variableFor(sid, name, "conversation") : undefined;
  const leave = [
    ...(row["state"] === "closed" ? [] : ["state"]),
    ...(row["messagingServiceSid"] === builder.account.configuration["defaultMessagingServiceSid"]
      ? ["messagingServiceSid"]
      : []),
  ];
  // Without this the provider would assign a unique name.
  const args: Values = filledText(row["uniqueName"]) === undefined ? { uniqueName: null } : {};
  const itself = builder.declare(
    conversation,
    row,
    { name, variable, serviceSid },
    { location, leave },
    { ...before, args },
  );
  remarkOn(builder, row);
  const members = membersOf(builder, participants, { name, within, service });
  // A preview would refuse such a roster.
  const [problem] = builder.membersAs === "roster" ? roster.limits(members) : [];
  const isRoster = builder.membersAs === "roster" && problem === undefined;
  if (problem !== undefined)
    builder.remarks.add(`conversation ${name} ${problem.message}: its members are participants, no roster.`);
  const more = declareListed(builder, listed, {
    ...{ parent: name, serviceSid, location: within },
  });
  const settings = userConversations.filter((one) => isSet(userConversation, one));
  const wanted = variableName(`${name}-${isRoster ? "roster" : "participants"}`, "members");
  // Only user settings depend on the members.
  const resources = settings.length === 0 ? undefined : builder.variables.give(wanted, "");
  const crowd: Crowd = { name, members, within, serviceSid, resources };
  const together = members.length > 0 && isRoster ? [declareRoster(builder, crowd)] : [];
  const loop = members.length > 0 && !isRoster ? loopOf(builder, crowd) : undefined;
  const after = settings.flatMap((one) => userSettings(builder, crowd, one, isRoster));
  return { title, declarations: [itself, ...more, ...together], ...(loop && { loop }), after };
}

/** Notes what a program leaves out of a conversation. */
function remarkOn({ remarks, account }: ProgramBuilder, { state, timers }: JsonObject): void {
  const { defaultInactiveTimer, defaultClosedTimer } = account.configuration;
  const isTimed = isObject(timers) && Object.keys(timers).length > 0;
  const byDefault = [defaultInactiveTimer, defaultClosedTimer].some(isRunning);
  if (state === "inactive") remarks.count("inactive");
  if (isTimed) remarks.count("timers");
  else if (byDefault) remarks.count("untimed");
}

function isRunning(timer: Json | undefined): boolean {
  return filledText(timer) !== undefined && timer !== "PT0S";
}

function membersOf(
  builder: ProgramBuilder,
  participants: readonly JsonObject[],
  {
    name,
    within,
    service,
  }: { readonly name: string; readonly within: JsonObject; readonly service: LiveService },
): Member[] {
  const labels = new Names();
  const isLeft = defaultsLeftOut(service).includes("defaultConversationRoleSid");
  return participants.map((live) => {
    const binding = isObject(live["messagingBinding"]) ? live["messagingBinding"] : {};
    const ends = [
      filledText(binding["address"]),
      filledText(binding["projectedAddress"]),
      filledText(binding["proxyAddress"]),
    ];
    const label = labels.give(resourceName([filledText(live["identity"]), ...ends], "member"));
    const isDefault = live["roleSid"] === service.configuration["defaultConversationRoleSid"];
    const leave = isDefault && isLeft ? ["roleSid"] : [];
    const { inputs, leftOut } = declaredInputs(participant, live, within, leave, builder.isNamed);
    builder.remarks.add(...notesOn(`${participant.noun} ${name}/${label}`, leftOut));
    if (live["lastReadMessageIndex"] != null || live["lastReadTimestamp"] != null)
      builder.remarks.count("read");
    return { label, live, inputs };
  });
}

/** The member's own arguments. */
function ownArgs(builder: ProgramBuilder, { inputs }: Member): Values {
  return argsOf(participant, pick(inputs, ownFields(roster)), builder.references);
}

function labelled(builder: ProgramBuilder, members: readonly Member[]): Values {
  return objectFrom(members.map((member) => [member.label, ownArgs(builder, member)] as const));
}

function loopOf(
  builder: ProgramBuilder,
  { name, members, within, serviceSid, resources }: Crowd,
): MembersLoop {
  for (const { label, live, inputs } of members) {
    const state = builder.stateOf(participant, live, inputs, serviceSid);
    builder.rows.push(importRow(participant, `${name}/${label}`, live, inputs, state));
  }
  return {
    variable: builder.variables.give(variableName(`${name}-members`, "members"), ""),
    members: labelled(builder, members),
    resources,
    prefix: name,
    shared: argsOf(participant, within, builder.references),
  };
}

function declareRoster(
  builder: ProgramBuilder,
  { name, members, within, serviceSid, resources }: Crowd,
): Declaration {
  const held: Held[] = members.map(({ label, live, inputs }) => ({
    label,
    sid: String(live["sid"]),
    state: builder.stateOf(participant, live, inputs, serviceSid),
  }));
  const own = members.map(({ label, inputs }) => [label, pick(inputs, ownFields(roster))] as const);
  const inputs = { ...within, members: Object.fromEntries(own) };
  const state = stateWith(roster, within, held[0]?.state ?? {}, held);
  builder.rows.push(importRow(roster, name, within, inputs, state));
  const shared = argsOf(roster, without(inputs, ["members"]), builder.references);
  return {
    type: "Roster",
    name,
    variable: resources,
    args: { ...shared, members: labelled(builder, members) },
  };
}

/** A member's settings of the conversation; Twilio creates them when the member joins. */
function userSettings(
  builder: ProgramBuilder,
  { name, members, within, serviceSid, resources }: Crowd,
  live: JsonObject,
  isRoster: boolean,
): Declaration[] {
  const member = members.find((one) => one.live["sid"] === live["participantSid"]);
  if (member === undefined || resources === undefined) return [];
  const declaration = builder.declare(
    userConversation,
    live,
    { name: `${name}/${member.label}`, serviceSid },
    { location: { ...within, userSid: member.live["identity"] } },
    { options: { dependsOn: new Expression(isRoster ? `[${resources}]` : resources) } },
  );
  return [declaration];
}
