import "../node-gate";
import "../v8-flags";
import "./compact-updates";
import type { dynamic } from "@pulumi/pulumi";
import { RosterLifecycle } from "../../core/roster/lifecycle";
import { definitions, roster } from "../../resources";
import { dynamicProvider } from "./provider";

/**
 * What the provider text of each type loads (`core/program/provider-text.ts`): an implementation of the SDK's own interface,
 * by type name. Compiled CommonJS, since the plugin process is plain node and takes it synchronously.
 */
const providers: Readonly<Record<string, dynamic.ResourceProvider>> = {
  ...Object.fromEntries(definitions.map((definition) => [definition.type, dynamicProvider(definition)])),
  [roster.type]: dynamicProvider(roster, RosterLifecycle),
};

export = providers;
