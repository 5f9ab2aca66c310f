import { deepEqual, equal, throws } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Definition, isInService, isSingleton } from "../../provider/core/definition/define";
import { providerText } from "../../provider/core/program/provider-text";
import { definitions, Participant } from "../../provider/resources";
import { tableOf } from "../types";
import { CH } from "../types/sids";
import type { Registration } from "./registrations";

const ROOT = join(__dirname, "../..");
const sourceOf = (path: string) => readFileSync(join(ROOT, "provider", path), "utf8");
const resources = readdirSync(join(ROOT, "provider/resources"), { encoding: "utf8", recursive: true });
const BASES = ["core/program/twilio-resource.ts", "core/program/object-resource.ts"];
const resourceSource = (file: string) =>
  sourceOf(join("resources", String(resources.find((path) => basename(path) === `${file}.ts`))));

describe("Registration of a resource", () => {
  let registrations: Registration[];
  let outputs: Record<string, string[]>;
  let urls: Record<string, string>;
  before(function () {
    this.timeout(60_000);
    const program = join(__dirname, "registrations.ts");
    const { stdout, stderr, status } = spawnSync(process.execPath, ["-r", "tsx/cjs", program], {
      cwd: ROOT,
      encoding: "utf8",
    });
    equal(status, 0, stderr);
    ({ registrations, outputs, urls } = JSON.parse(stdout));
  });

  const sent = (name: string) => {
    const found = registrations.filter((registration) => registration.name === name);
    equal(found.length, 1, `${name} was registered ${found.length} times`);
    return found[0] as Registration;
  };

  /** What the base classes declare for other kinds of resources. */
  const notFor = (definition: Definition) => [
    ...(isSingleton(definition) ? ["dateCreated", "dateUpdated"] : []),
    ...(isInService(definition) ? [] : ["chatServiceSid"]),
  ];

  for (const definition of definitions as readonly Definition[]) {
    const { type } = definition;
    it(`sends for ${type} what the SDK's own dynamic.Resource sends`, () => {
      const [ours, theirs] = [sent(`our-${type}`), sent(`sdk-${type}`)];
      const { name: _ours, ...request } = ours.request;
      const { name: _theirs, ...expected } = theirs.request;
      deepEqual(request, expected);
      equal(request["type"], `pulumi-nodejs:dynamic/twilio:${type}`);
      const { __provider: text, ...properties } = ours.properties;
      const { __provider: closure, ...expectedProperties } = theirs.properties;
      deepEqual(properties, expectedProperties);
      equal(text, providerText(type));
      equal(typeof closure, "string");
    });

    it(`makes every declared output of ${type} a property at once`, () => {
      const file = type.replaceAll(/(?<=[a-z])[A-Z]/g, "-$&").toLowerCase();
      const own = resourceSource(file);
      const bases = own.includes('from "./in-conversation"') ? [resourceSource("in-conversation")] : [];
      const sources = [own, ...BASES.map(sourceOf), ...bases];
      const declared = sources.flatMap((source) =>
        [...source.matchAll(/^ {2}declare readonly (\w+):/gm)].map(([, name]) => name ?? ""),
      );
      equal(declared.length > 3, true);
      deepEqual(
        declared.filter((name) => !outputs[type]?.includes(name) && !notFor(definition).includes(name)),
        [],
      );
    });
  }

  it("reads what others manage by a class, and says so where it has lost that", () => {
    const { get } = Participant as unknown as { get: (name: string, args: object) => unknown };
    throws(
      () => get("alice", { sid: "MB1", conversationSid: CH }),
      /get of 'alice' has lost its class: call it as/,
    );
  });

  it("works out each one's address in the API, by the host that a recorded one has now", () => {
    const pathOf = (type: string) => tableOf(type).path.replace(/\/id$/, `/our-${type}-id`);
    deepEqual(
      urls,
      Object.fromEntries(
        definitions.map(({ type }) => [
          type,
          `https://conversations.dublin.ie1.twilio.com/v1/${pathOf(type)}`,
        ]),
      ),
    );
  });
});
