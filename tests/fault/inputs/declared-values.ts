/**
 * A program of its own, since the SDK's settings are global to a process: declares every value in every way, and prints
 * of each the error, or what the engine was sent.
 */
import { ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as provider from "../../../provider";
import { fieldsOf } from "../../../provider/core/definition/define";
import { joined } from "../../../provider/core/engine-transport";
import { definitions } from "../../../provider/resources";
import { everyField } from "../../types";
import { CH } from "../../types/sids";
import { FORMLESS, FORMLESS_WITHIN, WITH_FORM } from "./formless-values";
import { HOISTED } from "./hoisted-names";

/** What came of a declaration, by its name. */
export interface Outcome {
  /** The resource and the path in it that hold the value. */
  readonly place: string;
  readonly errors: readonly string[];
  /** What the engine was sent in that place; undefined where nothing was registered. */
  readonly sent?: unknown;
}

type Resource = new (name: string, args: object) => pulumi.Resource;
const classes = provider as unknown as Record<string, Resource>;

type Sent = pulumi.Inputs;

/** A way of declaring attributes: the name of the resource that has them, and their path in it. */
interface Way {
  readonly place: (name: string) => readonly [resource: string, path: string];
  readonly declare: (name: string, attributes: unknown) => void;
}

const own = (type: string, args: object): Way => ({
  place: (name) => [`${type} ${name}`, "attributes"],
  declare: (name, attributes) => void new (classes[type] as Resource)(name, { ...args, attributes }),
});
const standing = (place: Way["place"], parts: (attributes: unknown) => object): Way => ({
  place,
  declare: (name, attributes) =>
    void new (classes["StandingConversation"] as Resource)(name, parts(attributes)),
});
const member = (attributes: unknown) => ({ identity: "alice", attributes });

export const WAYS: Readonly<Record<string, Way>> = {
  Participant: own("Participant", { conversationSid: CH, identity: "alice" }),
  Conversation: own("Conversation", {}),
  Message: own("Message", { conversationSid: CH, body: "hello" }),
  User: own("User", { identity: "alice" }),
  Roster: {
    place: (name) => [`Roster ${name}`, "members.one.attributes"],
    declare: (name, attributes) =>
      void new (classes["Roster"] as Resource)(name, {
        conversationSid: CH,
        members: { one: member(attributes) },
      }),
  },
  "Roster with members in an output": {
    place: (name) => [`Roster ${name}`, "members.one.attributes"],
    declare: (name, attributes) => {
      const members = pulumi.output(1).apply(() => ({ one: member(attributes) }));
      new (classes["Roster"] as Resource)(name, { conversationSid: CH, members });
    },
  },
  StandingConversation: standing(
    (name) => [`Conversation ${name}`, "attributes"],
    (attributes) => ({ attributes }),
  ),
  "a member of StandingConversation": standing(
    (name) => [`Participant ${name}-one`, "attributes"],
    (attributes) => ({ members: { one: member(attributes) } }),
  ),
  "the roster of StandingConversation": standing(
    (name) => [`Roster ${name}-roster`, "members.one.attributes"],
    (attributes) => ({ roster: { members: { one: member(attributes) } } }),
  ),
};

/** How a program holds a value, where in that the value is, and the same without Pulumi. */
export interface Holder {
  readonly hold: (value: unknown) => unknown;
  readonly path: string;
  readonly plain: (value: unknown) => unknown;
}

const later = (value: unknown) => pulumi.output(1).apply(() => value);
const itself = (value: unknown) => value;
const listed = (value: unknown) => ({ a: [value] });
const nested = (value: unknown) => ({ a: [{ "b c": value }] });

export const HOLDERS: Readonly<Record<string, Holder>> = {
  itself: { hold: itself, path: "", plain: itself },
  "in an object": { hold: nested, path: '.a[0]."b c"', plain: nested },
  "a promise": { hold: (value) => Promise.resolve(value), path: "", plain: itself },
  "an output": { hold: later, path: "", plain: itself },
  "a secret": { hold: (value) => pulumi.secret(1).apply(() => listed(value)), path: ".a[0]", plain: listed },
  "an output in an object": { hold: (value) => listed(later(value)), path: ".a[0]", plain: listed },
};

const outcomes: Record<string, { place: string; errors: string[]; sent?: unknown }> = {};
/** What no declaration is named in. */
const unexpected = { place: "", errors: [] as string[] };
const keyOf = new Map<string, string>();

function declare(key: string, place: string, work: () => void): void {
  const outcome = { place, errors: [] as string[] };
  outcomes[key] = outcome;
  keyOf.set(/ ([\w-]+):/.exec(place)?.[1] ?? "", key);
  try {
    work();
  } catch (error) {
    outcome.errors.push((error as Error).message);
  }
}

/** Some of the values, each of a kind, for what differs in the way of declaring alone. */
const SAMPLE = new Set([
  "a date",
  "an object in itself",
  "an undefined property",
  "__proto__ within",
  "__proto__ within JSON text",
]);

function declareAll(): void {
  let count = 0;
  const values: [string, unknown, string][] = [
    ...[...FORMLESS, ...WITH_FORM].map(([name, value]): [string, unknown, string] => [name, value, ""]),
    ...[...FORMLESS_WITHIN, ...HOISTED].map(([name, value, path]): [string, unknown, string] => [
      name,
      value,
      path,
    ]),
  ];
  for (const [way, { place, declare: work }] of Object.entries(WAYS))
    for (const [holder, { hold, path: within }] of Object.entries(HOLDERS))
      for (const [name, value, further] of values) {
        if (way !== "Participant" && !SAMPLE.has(name)) continue;
        // JSON text is text, and stands for a value, where it is the attributes themselves.
        if (typeof value === "string" && within !== "") continue;
        const resource = `r${count++}`;
        const [owner, path] = place(resource);
        const key = `${way}, ${holder}: ${name}`;
        declare(key, `${owner}: ${joined(path + within, further)}`, () => work(resource, hold(value)));
      }
  for (const definition of definitions)
    for (const { name: field, policy } of fieldsOf(definition)) {
      if (policy.internal === true || field === "autoName") continue;
      const { autoName: _unused, ...args } = everyField(definition.type);
      const resource = `r${count++}`;
      declare(`${definition.type}.${field}`, `${definition.type} ${resource}: ${field}`, () => {
        new (classes[definition.type] as Resource)(resource, { ...args, [field]: new Date(0) });
      });
    }
}

/** What the SDK sends of a secret is an object that says so. */
function unwrapped(sent: Sent | undefined): Sent | undefined {
  return sent?.["4dabf18193072939515e22adb298388d"] === undefined ? sent : sent["value"];
}

async function main(): Promise<void> {
  const failed = (error: unknown) => {
    const text = String((error as Error).message ?? error);
    const key = keyOf.get(/^\w+ ([\w-]+):/.exec(text)?.[1] ?? "");
    const { errors } = outcomes[key ?? ""] ?? unexpected;
    if (!errors.includes(text)) errors.push(text);
  };
  process.on("unhandledRejection", failed);
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const outcome = type.startsWith("pulumi-nodejs:") ? outcomes[keyOf.get(name) ?? ""] : undefined;
        if (outcome !== undefined)
          outcome.sent =
            unwrapped(unwrapped(inputs["members"])?.one?.attributes ?? inputs["attributes"]) ?? null;
        return { id: `${name}-id`, state: inputs };
      },
      call: ({ inputs }) => inputs,
    },
    "project",
    "stack",
  );
  declareAll();
  // Once nothing is left to do, every output has its value and every rejection is told.
  process.once("beforeExit", () =>
    process.stdout.write(JSON.stringify({ ...outcomes, unexpected }), () => process.exit(0)),
  );
}

let known: Readonly<Record<string, Outcome>> | undefined;

/** What comes of all declarations of the program, which runs once. */
export function outcomesOfProgram(): Readonly<Record<string, Outcome>> {
  known ??= readOutcomes();
  return known;
}

function readOutcomes(): Readonly<Record<string, Outcome>> {
  const cwd = join(__dirname, "../../..");
  const options = { cwd, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 } as const;
  const { stdout, stderr } = spawnSync(process.execPath, ["-r", "tsx/cjs", __filename], options);
  // The SDK counts the promises of what failed as leaks, and exits with 1.
  ok(stdout.endsWith("}"), stderr);
  return JSON.parse(stdout) as Record<string, Outcome>;
}

if (require.main === module) void main();
