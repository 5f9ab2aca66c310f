import type * as pulumi from "@pulumi/pulumi";
import { spellingHint } from "../core/definition/did-you-mean";
import { ConfigurationError } from "../core/errors";
import { describeProblem, type Problem } from "../core/problem";
import { isProblem, PATH_OPTIONS, type Part, type PathOption, type Route, routesOf } from "./option-paths";

/**
 * What becomes of an option that a program gives to the component. Pulumi hands some on to what is in it, and drops
 * the others without a word (checkComponentOption in pkg/resource/deploy/source_eval.go at 3.255.0).
 */
type Fate =
  /** Pulumi lets it count for the component with all that is in it. */
  | "pulumi"
  /** Property paths, each for the part of the component that it names. */
  | "paths"
  /** For the conversation; what is in it follows by its SID. */
  | "conversation"
  /** It would do nothing: why, and what to do. */
  | { readonly message: string; readonly cure: string };

type OptionName = keyof (pulumi.ComponentResourceOptions & pulumi.CustomResourceOptions);
type Named = Exclude<OptionName, "hooks"> | `hooks.${keyof pulumi.ResourceHookBinding}`;

const noProvider = {
  message: "does nothing, since no provider is declared for Twilio's resources",
  cure: "Declare `account` for the credentials to use.",
};
const noPlugin = {
  message: "does nothing, since its resources run the code of the package that is installed",
  cure: "Install the version that you want of pulumi-twilio-conversations.",
};
const noExisting = {
  message: "does nothing, since it creates what is in it",
  cure: "Look an existing conversation up with getConversation.",
};
const neverUpdated = {
  message: "is never called, since a component is not updated when what is in it is",
  cure: "Give it to the conversation or a member with the option `transforms`.",
};

/** Every option that Pulumi has: one that a later version adds does not compile. */
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
  // Pulumi would show the component as replaced, and replace nothing in it.
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
    message: "does nothing, since it is no single object of Twilio's",
    cure: "Take over what is there with `npx pulumi-twilio-conversations import`.",
  },
  provider: noProvider,
  providers: noProvider,
  version: noPlugin,
  pluginDownloadURL: noPlugin,
  envVarMappings: {
    message: "does nothing, since it is for providers",
    cure: "Set the variables in the environment that Pulumi runs in.",
  },
  customTimeouts: {
    message: "does nothing, since Pulumi does not tell it to the code of these resources",
    cure: "Set twilio:timeoutSeconds in the stack's config.",
  },
  deleteBeforeReplace: {
    message: "does nothing for a component, and what needs it in this one has it already",
    cure: "Give it to the conversation or a member with the option `transforms`.",
  },
  additionalSecretOutputs: {
    message: "does nothing for a component",
    cure: "Declare the value itself as a secret, with pulumi.secret().",
  },
};

/** The options of a component, sorted by what they are for. */
export interface SortedOptions {
  readonly component: pulumi.ComponentResourceOptions;
  /** What is for the part at that place. */
  of(...place: readonly string[]): pulumi.CustomResourceOptions;
}

/** Refuses, all at once, what would do nothing. */
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

/** Of hooks the option itself is Pulumi's, and each by its own name. */
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
  const cure = spellingHint(name, Object.keys(FATES), "Take it away.");
  return [{ path: name, message: "is no resource option that this package knows", cure }];
}
