import {
  type Definition,
  isInService,
  isSingleton,
  keyFields,
  type ObjectDefinition,
  pathParametersOf,
} from "../../core/definition/define";
import { isObject, type JsonObject } from "../../core/json";
import {
  addressConfiguration,
  conversation,
  conversationWebhook,
  credential,
  credentialVariants,
  definitions,
  message,
  participant,
  role,
  service,
  user,
} from "../../resources";
import { filledText, kebab } from "../terminal/text";
import type { Declaration } from "./declaration";
import { Expression, objectFrom } from "./literal";
import type { Listing } from "./live-account";
import { resourceName, variableName } from "./names";
import type { ProgramBuilder } from "./program-builder";

/** How import declares the live objects of one definition; each default can be replaced. */
interface Declaring {
  /** Sources of the resource name, best first. Default: the friendly name, then the natural key. */
  readonly names?: (live: JsonObject) => readonly (string | undefined)[];
  /** The resource name if all sources are empty. Default: the type. */
  readonly fallback?: string;
  /** For objects of the account: the heading of their own section. Default: the common section. */
  readonly title?: string;
  /** What the program declares in addition to the live values. */
  readonly more?: (live: JsonObject, name: string, builder: ProgramBuilder) => Partial<Declaration>;
}

const DECLARING: ReadonlyMap<Definition, Declaring> = new Map<Definition, Declaring>([
  [
    addressConfiguration,
    {
      names: ({ friendlyName, address }) => [filledText(friendlyName), filledText(address)],
      fallback: "address",
    },
  ],
  [
    credential,
    {
      names: ({ friendlyName }) => [filledText(friendlyName)],
      title: "Push notifications",
      more: secretsFromConfig,
    },
  ],
  [
    conversationWebhook,
    {
      names: ({ configuration, target }) => {
        const url = isObject(configuration) ? filledText(configuration["url"]) : undefined;
        return [url?.replace(/^https?:\/\//, "") ?? filledText(target)];
      },
      fallback: "webhook",
    },
  ],
]);

/** Definitions that import declares by code of their own, like the settings. */
const OTHERWISE: readonly Definition[] = [conversation, participant, role, service, user];

/** Definitions that import does not read: Pulumi would send a declared message. */
export const NOT_READ: readonly Definition[] = [message];

type Place = "account" | "service" | "conversation";

/** The definitions whose objects import lists at this level and declares one by one. */
export function listedIn(place: Place): readonly ObjectDefinition[] {
  return (definitions as readonly Definition[]).flatMap((one) =>
    isSingleton(one) || OTHERWISE.includes(one) || NOT_READ.includes(one) || placeOf(one) !== place
      ? []
      : [one],
  );
}

function placeOf(definition: Definition): Place {
  if (pathParametersOf(definition).includes("conversationSid")) return "conversation";
  return isInService(definition) ? "service" : "account";
}

/** The headings of the separate sections. */
export const TITLES: readonly string[] = [
  ...new Set([...DECLARING.values()].flatMap(({ title }) => title ?? [])),
];

/** Declares the listed objects of one parent: those of the section with this `title`, or of the common section. */
export function declareListed(
  builder: ProgramBuilder,
  listing: Listing,
  { parent, serviceSid, location = {}, title }: Parent = {},
): Declaration[] {
  return [...listing].flatMap(([definition, rows]) => {
    const { type } = definition;
    const declaring = DECLARING.get(definition) ?? {};
    const { names = usualNames(definition), fallback = kebab(type), more } = declaring;
    if (declaring.title !== title) return [];
    return rows.map((live) => {
      const own = parent === undefined ? names(live) : [`${parent}/${resourceName(names(live), fallback)}`];
      const naming = {
        name: builder.nameFor(type, own, fallback),
        ...(serviceSid !== undefined && { serviceSid }),
      };
      return builder.declare(definition, live, naming, { location }, more?.(live, naming.name, builder));
    });
  });
}

function usualNames(definition: Definition) {
  return (live: JsonObject) =>
    ["friendlyName", ...keyFields(definition)].map((field) => filledText(live[field]));
}

interface Parent {
  /** The resource name of their conversation. */
  readonly parent?: string;
  readonly serviceSid?: string;
  /** The arguments that locate them. */
  readonly location?: JsonObject;
  readonly title?: string | undefined;
}

/** Twilio never returns a credential's key: the program takes it from the config, and never sends it by itself. */
function secretsFromConfig(live: JsonObject, name: string, builder: ProgramBuilder): Partial<Declaration> {
  const secrets = Object.keys(credentialVariants.get(String(live["type"]))?.needs ?? {});
  const args: [string, Expression][] = secrets.map((field) => {
    const variable = builder.variables.give(variableName(`${name}-${field}`, field), "");
    builder.secrets.push([variable, variable]);
    return [field, new Expression(variable)];
  });
  return {
    args: objectFrom(args),
    options: { ignoreChanges: secrets },
    comment: "Twilio never returns its key. Without ignoreChanges the next `pulumi up` sends it.",
  };
}
