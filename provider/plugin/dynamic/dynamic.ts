import "../node-gate";
import "../v8-flags";
import "./compact-updates";
import type { dynamic } from "@pulumi/pulumi";
import { RosterLifecycle } from "../../core/roster/lifecycle";
import { definitions, roster } from "../../resources";
import { dynamicProvider } from "./provider";

/**
 * The providers that the provider text loads, by type name (`core/program/provider-text.ts`). Each implements the SDK's
 * own interface. Compiled to CommonJS, since the plugin process is plain node and loads it synchronously.
 */
const providers: Readonly<Record<string, dynamic.ResourceProvider>> = {
  ...Object.fromEntries(definitions.map((definition) => [definition.type, dynamicProvider(definition)])),
  [roster.type]: dynamicProvider(roster, RosterLifecycle),
};

export = providers;
