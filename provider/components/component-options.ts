import type * as pulumi from "@pulumi/pulumi";
import { spellingHint } from "../core/definition/did-you-mean";
import { ConfigurationError } from "../core/errors";
import { describeProblem, type Problem } from "../core/problem";
import { isProblem, PATH_OPTIONS, type Part, type PathOption, type Route, routesOf } from "./option-paths";

/**
 * How the component treats one of its options. Pulumi passes some on to its resources and drops the others silently
 * (checkComponentOption in pkg/resource/deploy/source_eval.go at 3.255.0).
 */
type Fate =
  /** Pulumi applies it to the component and all its resources. */
  | "pulumi"
  /** Property paths; each goes to the part of the component that it names. */
  | "paths"
  /** Goes to the conversation; the parts are replaced with it, since they hold its SID. */
  | "conversation"
  /** Refused, with the reason and a hint. */
  | { readonly message: string; readonly hint: string };

type OptionName = keyof (pulumi.ComponentResourceOptions & pulumi.CustomResourceOptions);
type Named = Exclude<OptionName, "hooks"> | `hooks.${keyof pulumi.ResourceHookBinding}`;

const noProvider = {
  message: "does nothing, since Twilio's resources use no declared provider",
  hint: "Declare `account` for the credentials to use.",
};
const noPlugin = {
  message: "does nothing, since its resources run the installed package",
  hint: "Install the version of pulumi-twilio-conversations that you want.",
};
const noExisting = {
  message: "does nothing, since the component creates its conversation",
  hint: "Look an existing conversation up with getConversation.",
};
const neverUpdated = {
  message: "is never called, since Pulumi updates the component's resources, not the component",
  hint: "Give it to the conversation or a member with the option `transforms`.",
};

/** Every resource option of Pulumi; when a later SDK adds one, this no longer compiles. */
const FATES: Readonly<Record<Named, Fate>> = {
  parent: "pulumi",
  dependsOn: "pulumi",
  protect: "pulumi",
  aliases: "pulumi",
  transformations: "pulumi",
  transforms: "pulumi",
  retainOnDelete: "pulumi",
  deletedWith: "pulumi",
  "hooks.beforeCreate": "pulumi",
  "hooks.afterCreate": "pulumi",
  "hooks.beforeDelete": "pulumi",
  "hooks.afterDelete": "pulumi",
  ignoreChanges: "paths",
  replaceOnChanges: "paths",
  hideDiffs: "paths",
  // Pulumi would show the component as replaced, and replace none of its resources.
  replacementTrigger: "conversation",
  replaceWith: "conversation",
  "hooks.beforeUpdate": neverUpdated,
  "hooks.afterUpdate": neverUpdated,
  "hooks.onError": {
    ...neverUpdated,
    message: "is never called, since no operation on a component fails",
  },
  id: noExisting,
  urn: noExisting,
  import: {
    message: "does nothing, since the component is no single object of Twilio's",
    hint: "Adopt existing objects with `npx pulumi-twilio-conversations import`.",
  },
  provider: noProvider,
  providers: noProvider,
  version: noPlugin,
  pluginDownloadURL: noPlugin,
  envVarMappings: {
    message: "does nothing, since it is for providers",
    hint: "Set the variables in the environment that Pulumi runs in.",
  },
  customTimeouts: {
    message: "does nothing, since Pulumi does not pass it to these resources",
    hint: "Set twilio:timeoutSeconds in the stack's config.",
  },
  deleteBeforeReplace: {
    message: "does nothing for a component; the resources that need it have it already",
    hint: "Give it to the conversation or a member with the option `transforms`.",
  },
  additionalSecretOutputs: {
    message: "does nothing for a component",
    hint: "Declare the value itself as a secret, with pulumi.secret().",
  },
};

/** The options of a component, sorted by their recipients. */
export interface SortedOptions {
  readonly component: pulumi.ComponentResourceOptions;
  /** The options for the part at that path. */
  of(...place: readonly string[]): pulumi.CustomResourceOptions;
}

/** Sorts the options; one error names all that would do nothing. */
export function sortOptions(opts: pulumi.ComponentResourceOptions, parts: readonly Part[]): SortedOptions {
  const given = Object.entries(opts).filter(([, value]) => value !== undefined);
  const routed = given.flatMap(([name, value]) =>
    fateOf(name) !== "paths"
      ? []
      : (value as readonly string[]).map((path) => {
          const option = name as PathOption;
          return { option, routes: routesOf(option, path, parts) };
        }),
  );
  const problems = [
    ...given.flatMap(([name, value]) => (name === "hooks" ? hookNames(value) : [name]).flatMap(refusal)),
    ...routed.map(({ routes }) => routes).filter(isProblem),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems.map(describeProblem).join(" "));
  const meantFor = (fate: Fate) => Object.fromEntries(given.filter(([name]) => fateOf(name) === fate));
  const pathsOf = (option: PathOption, place: string) =>
    routed
      .filter((each) => each.option === option)
      .flatMap(({ routes }) => routes as readonly Route[])
      .filter((route) => route.place.join(".") === place)
      .map(({ path }) => path);
  return {
    component: meantFor("pulumi"),
    of: (...place) => ({
      ...(place.length === 0 ? meantFor("conversation") : {}),
      ...Object.fromEntries(
        PATH_OPTIONS.map((option) => [option, pathsOf(option, place.join("."))] as const).filter(
          ([, paths]) => paths.length > 0,
        ),
      ),
    }),
  };
}

/** The option `hooks` itself goes to Pulumi; each hook is checked under its own name. */
function fateOf(name: string): Fate | undefined {
  if (name === "hooks") return "pulumi";
  return Object.hasOwn(FATES, name) ? FATES[name as Named] : undefined;
}

function hookNames(hooks: object): string[] {
  const bound = Object.entries(hooks).filter(([, functions]) => functions !== undefined);
  return bound.map(([kind]) => `hooks.${kind}`);
}

function refusal(name: string): Problem[] {
  const fate = fateOf(name);
  if (typeof fate === "object") return [{ path: name, ...fate }];
  if (fate !== undefined) return [];
  const hint = spellingHint(name, Object.keys(FATES), "Remove it.");
  return [{ path: name, message: "is no resource option that this package knows", hint }];
}
