import type { Listed } from "../../core/api/listing";
import type { Definition } from "../../core/definition/define";
import { isObject, type JsonObject } from "../../core/json";
import {
  addressConfiguration,
  conversationWebhook,
  credential,
  credentialVariants,
  message,
} from "../../resources";
import { filledText } from "../terminal/text";
import type { Declaration } from "./declaration";
import { Expression, objectFrom } from "./literal";
import type { Listing } from "./live-account";
import { resourceName, variableName } from "./names";
import type { ProgramBuilder } from "./program-builder";

/** A kind of object that import lists at its parent and declares one by one. */
export interface ListedKind {
  readonly definition: Listed & Definition;
  /** What the resource of a live object is named after, best first; `parent` is its conversation's name. */
  readonly names: (live: JsonObject, parent: string) => readonly (string | undefined)[];
  /** The name where there is none of these. */
  readonly fallback: string;
  /** The heading of a section of its own. Default: it stands in its parent's section. */
  readonly title?: string;
  /** What the program says beside the live values. */
  readonly more?: (live: JsonObject, name: string, builder: ProgramBuilder) => Partial<Declaration>;
}

/** By parent. Roles, users, members and settings are declared in ways of their own. */
export const LISTED_KINDS: Readonly<Record<"account" | "service" | "conversation", readonly ListedKind[]>> = {
  account: [
    {
      definition: addressConfiguration,
      names: ({ friendlyName, address }) => [filledText(friendlyName), filledText(address)],
      fallback: "address",
    },
    {
      definition: credential,
      names: ({ friendlyName }) => [filledText(friendlyName)],
      fallback: "credential",
      title: "Push notifications",
      more: secretsFromConfig,
    },
  ],
  service: [],
  conversation: [
    {
      definition: conversationWebhook,
      names: ({ configuration, target }, parent) => {
        const url = isObject(configuration) ? filledText(configuration["url"]) : undefined;
        const host = url?.replace(/^https?:\/\//, "") ?? filledText(target);
        return [`${parent}/${resourceName([host], "webhook")}`];
      },
      fallback: "webhook",
    },
  ],
};

/** Definitions whose objects import does not read: a message that a program declares is sent. */
export const NOT_READ: readonly Definition[] = [message];

/** The objects of the kinds that stand in their parent's section, or of one that has a section of its own. */
export function declareListed(
  builder: ProgramBuilder,
  kinds: readonly ListedKind[],
  listing: Listing,
  { parent = "", serviceSid, location = {} }: Parent = {},
): Declaration[] {
  return kinds.flatMap(({ definition, names, fallback, more }) =>
    (listing.get(definition) ?? []).map((live) => {
      const name = builder.nameFor(definition.type, names(live, parent), fallback);
      const naming = { name, ...(serviceSid !== undefined && { serviceSid }) };
      return builder.declare(definition, live, naming, { location }, more?.(live, name, builder));
    }),
  );
}

interface Parent {
  /** The name of the conversation that they are in. */
  readonly parent?: string;
  readonly serviceSid?: string;
  /** The arguments that say where they are. */
  readonly location?: JsonObject;
}

/** Twilio never returns its key, so the program takes it from the config and sends it only when told to. */
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
