/**
 * A program of its own, since the SDK's settings are global to a process: registers each type by our class and by the
 * SDK's own dynamic.Resource with the same inputs, and prints what the engine was sent for both.
 */
import * as pulumi from "@pulumi/pulumi";
import * as provider from "../../provider";
import {
  type Definition,
  deletesBeforeReplace,
  fieldsOf,
  secretOutputs,
} from "../../provider/core/definition/define";
import { definitions } from "../../provider/resources";
import { everyField } from "../types";

export interface Registration {
  readonly name: string;
  /** Everything of the request but the properties. */
  readonly request: Record<string, unknown>;
  readonly properties: Record<string, unknown>;
}

interface Request {
  getName(): string;
  getObject(): { toJavaScript(): Record<string, unknown> };
  toObject(): Record<string, unknown>;
}
interface Monitor {
  registerResource(request: Request, callback: unknown): unknown;
}

class Twin extends pulumi.dynamic.Resource {
  constructor(type: string, name: string, inputs: pulumi.Inputs, opts: pulumi.CustomResourceOptions) {
    const provider = { create: () => Promise.resolve({ id: "1" }) };
    super(provider, name, inputs, opts, "twilio", type);
  }
}

type Known = new (name: string, args: object, opts: object) => pulumi.CustomResource;
const registrations: Registration[] = [];

async function main(): Promise<void> {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name, inputs }) => ({
        id: `${name}-id`,
        state: { ...inputs, origin: "https://conversations.ie1.twilio.com" },
      }),
      call: ({ inputs }) => inputs,
    },
    "project",
    "stack",
  );
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    const { object: _object, sourceposition: _position, stacktrace: _trace, ...rest } = request.toObject();
    registrations.push({
      name: request.getName(),
      request: rest,
      properties: request.getObject().toJavaScript(),
    });
    return register(request, callback);
  };
  const outputs: Record<string, string[]> = {};
  const urls: Record<string, string> = {};
  for (const definition of definitions) {
    const { type } = definition;
    const { autoName: _unused, ...args } = { autoName: "", ...everyField(type) };
    const opts = {
      deleteBeforeReplace: deletesBeforeReplace(definition),
      aliases: [{ name: "old" }],
      ignoreChanges: ["adopt"],
    };
    const Class = (provider as unknown as Record<string, Known>)[type] as Known;
    const resource = new Class(`our-${type}`, structuredClone(args), opts);
    outputs[type] = Object.keys(resource).filter((key) =>
      pulumi.Output.isInstance((resource as unknown as Record<string, unknown>)[key]),
    );
    urls[type] = await new Promise((resolve) =>
      (resource as unknown as { url: pulumi.Output<string> }).url.apply(resolve),
    );
    const additionalSecretOutputs = secretOutputs(definition);
    new Twin(type, `sdk-${type}`, withSecrets(definition, args), { ...opts, additionalSecretOutputs });
  }
  await pulumi.runtime.disconnect();
  process.stdout.write(JSON.stringify({ registrations, outputs, urls }));
}

/** What is a secret whatever a program makes of it, as a careful program would pass it. */
function withSecrets(definition: Definition, args: pulumi.Inputs): pulumi.Inputs {
  const secrets = fieldsOf(definition).filter(({ policy }) => policy.secret === true);
  const wrapped = secrets.map(({ name }) => [name, pulumi.secret(args[name])] as const);
  return { ...structuredClone(args), ...Object.fromEntries(wrapped) };
}

if (require.main === module) void main();
