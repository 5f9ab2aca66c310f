/**
 * A program of its own, since mocks are global to a process: declares one of each type and asks each look-up, and
 * prints what the mocks were asked and what the program got.
 */
import * as pulumi from "@pulumi/pulumi";
import * as provider from "../../../provider";
import { definitions } from "../../../provider/resources";
import { everyField } from "../../types";

/** What a look-up asked, and gave. */
export interface Asked {
  readonly token: string;
  readonly inputs: unknown;
  readonly given: unknown;
}

export interface Report {
  /** The type that the mocks were asked for, by class. */
  readonly types: Record<string, string>;
  /** What the class says of itself. */
  readonly tokens: Record<string, unknown>;
  /** By class, for which its `isInstance` holds of one resource of each class; it is called without the class. */
  readonly instances: Record<string, string[]>;
  /** The classes whose `isInstance` holds for something that is no resource. */
  readonly gullible: string[];
  readonly lookups: Record<string, Asked[]>;
  readonly refusal: string;
  /** Whether the look-up by a secret gave a secret. */
  readonly isSecret: boolean;
  /** The resources that are marked as recognised by a secret. */
  readonly marked: string[];
  /** How often the mocks of a preview were asked by what it does not know. */
  readonly unknownCalls: number;
  /** What another copy of SDK and package gets from a look-up, and whether this one knows a role of it. */
  readonly otherCopy: { readonly given: unknown; readonly isKnown: boolean };
  /** Errors that were logged. */
  readonly errors: string[];
}

interface Class {
  new (name: string, args: object): pulumi.Resource;
  readonly __pulumiType: unknown;
  isInstance(value: unknown): boolean;
}

const exported = provider as unknown as Record<string, unknown>;
const classes = Object.entries(exported).filter(
  (entry): entry is [string, Class] =>
    typeof entry[1] === "function" && entry[1].prototype instanceof pulumi.Resource,
);
const ARGS: Record<string, object> = { StandingConversation: {}, Roster: { members: {} } };
const NO_RESOURCES = [undefined, null, "Role", 1, {}, { __pulumiType: "Role" }, () => ({})];

const calls: { token: string; inputs: unknown }[] = [];
const types: Record<string, string> = {};
const marked: string[] = [];

function setMocks(isPreview = false): Promise<void> {
  return pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        // The component's conversation has its name, and comes second.
        types[name] ??= type;
        if (inputs["secretKey"] === true) marked.push(name);
        return { id: isPreview ? undefined : `${name}-id`, state: inputs };
      },
      call: ({ token, inputs }) => {
        calls.push({ token, inputs });
        if (inputs["sid"] === "refused") throw new Error("the mocks refuse");
        return token.endsWith("s") ? [{ sid: "first" }, { sid: "second" }] : { sid: "only" };
      },
    },
    "project",
    "stack",
    isPreview,
  );
}

function value<Value>(output: pulumi.Output<Value>): Promise<Value> {
  return new Promise((resolve) => output.apply(resolve));
}

/** One of each class, by its name. */
function declareAll(): [string, pulumi.Resource][] {
  const known = new Set<string>(definitions.map(({ type }) => type));
  return classes.map(([name, Class]) => [
    name,
    new Class(name, known.has(name) ? everyField(name) : { ...ARGS[name] }),
  ]);
}

/** Members by what tells who they are, of which some is a secret. */
async function declareMembers(): Promise<void> {
  const of = (name: string, identity: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions) =>
    new provider.Participant(name, { conversationSid: "desk", identity }, opts);
  const address = { address: pulumi.secret("+14155550123"), proxyAddress: "+14155550100" };
  for (const member of [
    of("plain", "alice"),
    of("output", pulumi.output("alice")),
    of("secret", pulumi.secret("alice")),
    of("listed", "alice", { additionalSecretOutputs: ["identity"] }),
    new provider.Participant("address", { conversationSid: "desk", messagingBinding: address }),
  ])
    await value(member.urn);
}

/** Both forms of each look-up, one after the other. */
async function lookups(): Promise<Record<string, Asked[]>> {
  const names = Object.keys(exported).filter((name) => name.startsWith("get"));
  const asked: Record<string, Asked[]> = {};
  for (const name of names) {
    const lookup = exported[name] as (args: object) => Promise<unknown> | pulumi.Output<unknown>;
    const answer = lookup({ sid: "any", serviceSid: undefined });
    const given = pulumi.Output.isInstance(answer) ? await value(answer) : await answer;
    asked[name] = calls.splice(0).map((call) => ({ ...call, given }));
  }
  return asked;
}

/** As a test runner loads a program anew for a test, with all that it needs. */
async function askOtherCopy(): Promise<Report["otherCopy"]> {
  for (const path of Object.keys(require.cache)) delete require.cache[path];
  const other: typeof provider = require("../../../provider");
  if (other.Role === provider.Role) throw new Error("this is the same copy");
  const role = new other.Role("other", { friendlyName: "x", type: "service", permissions: [] });
  return { given: await other.getRole({ sid: "any" }), isKnown: provider.Role.isInstance(role) };
}

async function main(): Promise<void> {
  const errors: string[] = [];
  console.error = (text: unknown) => errors.push(String(text));
  await setMocks();
  declareAll();
  await setMocks();
  const made = declareAll();
  for (const [, resource] of made) await value(resource.urn);
  await declareMembers();
  const report: Omit<Report, "unknownCalls"> = {
    types: { ...types },
    tokens: Object.fromEntries(classes.map(([name, { __pulumiType }]) => [name, __pulumiType])),
    instances: Object.fromEntries(
      classes.map(([name, { isInstance }]) => [
        name,
        made.filter(([, resource]) => isInstance(resource)).map(([other]) => other),
      ]),
    ),
    gullible: classes
      .filter(([, { isInstance }]) => NO_RESOURCES.some((it) => isInstance(it)))
      .map(([name]) => name),
    lookups: await lookups(),
    refusal: await provider.getRole({ sid: "refused" }).then(String, ({ message }: Error) => message),
    isSecret: await pulumi.isSecret(provider.getRoleOutput({ sid: pulumi.secret("RL") })),
    marked,
    otherCopy: await askOtherCopy(),
    errors,
  };
  await setMocks(true);
  calls.length = 0;
  const role = new provider.Role("unknown", { friendlyName: "x", type: "service", permissions: [] });
  const answer = provider.getRoleOutput({ sid: role.sid });
  await (answer as unknown as { isKnown: Promise<boolean> }).isKnown;
  process.stdout.write(JSON.stringify({ ...report, unknownCalls: calls.length }, undefinedShown));
}

/** What is undefined is left out by JSON, and must not be by the mocks. */
function undefinedShown(_key: string, it: unknown): unknown {
  return it === undefined ? "undefined" : it;
}

if (require.main === module) void main();
