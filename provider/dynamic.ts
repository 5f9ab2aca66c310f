import "./node-gate";
import "./plugin-memory";
import "./plugin-requests";
import type { dynamic } from "@pulumi/pulumi";
import { RosterLifecycle } from "./core/roster/lifecycle";
import { dynamicProvider } from "./engine/dynamic-provider";
import { definitions, roster } from "./resources";

/**
 * What the provider text of each type loads (`engine/resource.ts`): an implementation of the SDK's own interface,
 * by type name. Compiled CommonJS, since the plugin process is plain node and takes it synchronously.
 */
const providers: Readonly<Record<string, dynamic.ResourceProvider>> = {
  ...Object.fromEntries(definitions.map((definition) => [definition.type, dynamicProvider(definition)])),
  [roster.type]: dynamicProvider(roster, RosterLifecycle),
};

export = providers;
