import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as program from "../../provider";
import { requestFor } from "../../provider/core/api/request";
import { isSingleton } from "../../provider/core/definition/define";
import { writeScope } from "../../provider/http/pacing/write-scope";
import { PATH_WORDS } from "../../provider/http/redaction/redaction";
import { definitions } from "../../provider/resources";
import { recordedVersions, recordingOf } from "../fault/state/recorded/recorded";
import { everyField } from "../types";
import { CH, IS } from "../types/sids";

const ROOT = join(__dirname, "../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

/** Twilio limits writes by conversation and by service, and states no limit for the rest. */
const SCOPES: Readonly<Record<string, string | undefined>> = {
  AddressConfiguration: undefined,
  Configuration: undefined,
  Conversation: `service ${IS}`,
  ConversationWebhook: undefined,
  Credential: undefined,
  Message: `conversation ${CH}`,
  Participant: `conversation ${CH}`,
  Role: `service ${IS}`,
  Service: undefined,
  ServiceConfiguration: undefined,
  ServiceNotifications: undefined,
  ServiceWebhooks: undefined,
  User: `service ${IS}`,
  UserConversation: `service ${IS}`,
  Webhooks: undefined,
};

/** A setting that a program declares has no look-up, nor has what a program sends or keeps secret. */
const WITHOUT_LOOK_UP = [
  "Credential",
  "Message",
  "ServiceConfiguration",
  "ServiceNotifications",
  "ServiceWebhooks",
  "UserConversation",
  "Webhooks",
];

const recordedTypes = new Set(
  recordedVersions().flatMap((version) => recordingOf(version).declared.map(({ type }) => type)),
);
const lookUps = Object.keys(program).filter((name) => /^get[A-Z]/.test(name) && !name.endsWith("Output"));

describe("What is easily forgotten of", () => {
  for (const definition of definitions) {
    const { type } = definition;
    const { path } = requestFor(definition, isSingleton(definition) ? "update" : "create", everyField(type));

    it(`${type}: the limit that its writes count against, in provider/http/pacing/write-scope.ts`, () => {
      ok(
        type in SCOPES,
        `${type}: add it to SCOPES here, and its path to provider/http/pacing/write-scope.ts`,
      );
      equal(writeScope("POST", path), SCOPES[type]);
    });

    it(`${type}: the words of its path, in PATH_WORDS of provider/http/redaction/redaction.ts`, () =>
      deepEqual(
        path.split("/").filter((segment) => /^[A-Z][A-Za-z]+$/.test(segment) && !PATH_WORDS.has(segment)),
        [],
      ));

    it(`${type}: its look-up, in provider/functions`, () =>
      ok(
        lookUps.includes(`get${type}`) !== WITHOUT_LOOK_UP.includes(type),
        `${type}: export get${type} in provider/functions/index.ts, or name ${type} in WITHOUT_LOOK_UP here`,
      ));

    it(`${type}: an entry in CHANGELOG.md, where no version has it yet`, () =>
      ok(
        recordedTypes.has(type) || read("CHANGELOG.md").includes(`\`${type}\``),
        `CHANGELOG.md: name \`${type}\``,
      ));
  }

  for (const page of ["README.md", "docs/functions.md"])
    it(`look-ups: a row in ${page}`, () =>
      deepEqual(
        lookUps.filter((name) => !new RegExp(`^\\|.*\`${name}[(\`]`, "m").test(read(page))),
        [],
      ));
});
