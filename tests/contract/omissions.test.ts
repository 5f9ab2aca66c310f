import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as program from "../../provider";
import { requestFor } from "../../provider/core/api/request";
import { isSingleton } from "../../provider/core/definition/define";
import { typeToken } from "../../provider/core/program/provider-text";
import { writeScope } from "../../provider/http/pacing/write-scope";
import { PATH_WORDS } from "../../provider/http/path-words";
import { definitions, roster } from "../../provider/resources";
import { recordedVersions, recordingOf } from "../fault/state/recorded/recordings";
import { everyField, tableOf } from "../types";
import { CH, IS } from "../types/sids";

const ROOT = join(__dirname, "../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

/** What the limits are kept by, in the client. */
const SCOPES = { conversation: `conversation ${CH}`, service: `service ${IS}`, none: undefined };

type FieldsOf<Args> = Args extends unknown ? keyof Args : never;
type MemberOutput = Extract<FieldsOf<program.RosterMemberArgs>, keyof program.Participant>;
/** The compiler names each field of a member that a roster's outputs forget. */
const forgotten: Record<Exclude<MemberOutput, keyof program.RosterMember>, string> = {};

const recordedTypes = new Set(
  recordedVersions().flatMap((version) => recordingOf(version).declared.map(({ type }) => type)),
);
const lookUps = Object.keys(program).filter((name) => /^get[A-Z]/.test(name) && !name.endsWith("Output"));

describe("What is easily forgotten of", () => {
  it("a roster: a member's field among its outputs", () => deepEqual(forgotten, {}));

  for (const definition of definitions) {
    const { type } = definition;
    const { writeLimit, hasLookUp } = tableOf(type);
    const { path } = requestFor(definition, isSingleton(definition) ? "update" : "create", everyField(type));

    it(`${type}: the limit that its writes count against, in provider/http/path-words.ts`, () =>
      equal(writeScope("POST", path), SCOPES[writeLimit]));

    it(`${type}: the words of its path, in provider/http/path-words.ts`, () =>
      deepEqual(
        path.split("/").filter((segment) => /^[A-Z][A-Za-z]+$/.test(segment) && !PATH_WORDS.has(segment)),
        [],
      ));

    it(`${type}: its look-up, in provider/functions`, () =>
      equal(lookUps.includes(`get${type}`), hasLookUp, `get${type} of provider/functions/index.ts`));

    it(`${type}: an entry in CHANGELOG.md, where no version has it yet`, () =>
      ok(
        recordedTypes.has(type) || read("CHANGELOG.md").includes(`\`${type}\``),
        `CHANGELOG.md: name \`${type}\``,
      ));
  }

  it("a class that programs use: its definition, in the list of provider/resources/index.ts", () => {
    const known = new Set<string>([roster, ...definitions].map(({ type }) => typeToken(type)));
    const classes = Object.values(program as Record<string, unknown>).flatMap((one) =>
      typeof one === "function" && "__pulumiType" in one && one !== program.StandingConversation
        ? [String(one.__pulumiType)]
        : [],
    );
    equal(classes.length, known.size);
    deepEqual(
      classes.filter((token) => !known.has(token)),
      [],
    );
  });

  for (const page of ["README.md", "docs/functions.md"])
    it(`look-ups: a row in ${page}`, () =>
      deepEqual(
        lookUps.filter((name) => !new RegExp(`^\\|.*\`${name}[(\`]`, "m").test(read(page))),
        [],
      ));
});
