import { deepEqual, equal, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import {
  MembersFileError,
  membersFromFile,
  type ParticipantArgs,
  type StandingConversationArgs,
  type StandingMemberArgs,
} from "../../../provider";
import { ConfigurationError } from "../../../provider/core/errors";
import { AGENT, inFolder, membersOf, options, problemsOf, refusalOf } from "./member-file";

const CANARY = "CANARY";
const alice = { alice: { identity: "alice" } };

describe("membersFromFile", () => {
  it("finds a file from the working directory, whatever the case of its ending", () =>
    inFolder((folder) => {
      writeFileSync(join(folder, "members.CSV"), "identity\nalice");
      writeFileSync(join(folder, "members.v2.json"), '[{"identity":"alice"}]');
      deepEqual(membersFromFile(relative(process.cwd(), join(folder, "members.CSV"))), alice);
      deepEqual(membersFromFile(join(folder, "members.v2.json")), alice);
    }));

  const unread: [string, string, string][] = [
    ["is not there", "none.csv", `cannot be read (ENOENT). It was looked for at ${resolve("none.csv")}.`],
    ["is a folder", "tests/unit/members.csv/..", "ends neither in .csv nor in .json"],
    ["has no ending", "members", "ends neither in .csv nor in .json"],
    ["has another ending", "members.xlsx", "ends neither in .csv nor in .json"],
    ["is only an ending", ".csv", "ends neither in .csv nor in .json"],
  ];
  for (const [what, path, text] of unread)
    it(`refuses a file that ${what}`, () =>
      throws(
        () => membersFromFile(path),
        (error) => error instanceof MembersFileError && error.message.startsWith(`${path}: ${text}`),
      ));

  it("names the line that is no UTF-8", () => {
    for (const [broken, line] of [
      [Buffer.from("identity\r\nalice\r\nMüller", "latin1"), 3],
      [Buffer.from("\uFEFFidentity\nalice", "utf16le"), 1],
      [Buffer.concat([Buffer.from("identity\nZoë 🐝\n"), Buffer.from("🐝").subarray(0, 3)]), 3],
    ] as const)
      deepEqual(problemsOf(".csv", broken), [
        `${line}: is not UTF-8. Save the file as UTF-8, in spreadsheet programs as “CSV UTF-8”.`,
      ]);
  });

  it("gives a role as the program has it, an output too", () => {
    const later = pulumi.output(AGENT);
    const members = membersOf(".csv", "identity,role\nalice,agent\nbob,later", {
      roles: { agent: AGENT, later },
    });
    equal(members["alice"]?.roleSid, AGENT);
    equal(members["bob"]?.roleSid, later);
  });

  it("refuses roles of the program that are none, before it looks for the file", () => {
    const wrongs: [unknown, string][] = [
      ["agent", "roles.agent: is no RL SID (Twilio error 50109)."],
      [undefined, "roles.agent: has no value."],
      [null, "roles.agent: has no value."],
    ];
    for (const [agent, message] of wrongs)
      throws(
        () => membersFromFile("none.csv", { roles: { agent: agent as string } }),
        (error) => error instanceof ConfigurationError && error.message.startsWith(message),
      );
  });

  it("tells what is wrong in the order of the file, each in a line of its own with the file's name", () =>
    inFolder((folder) => {
      const path = join(folder, "members.csv");
      writeFileSync(path, 'identity,role,x\nalice,agnet,\nb"ob,,\ncarol\nalice,,');
      throws(
        () => membersFromFile(path, options),
        (error) => {
          const lines = (error as Error).message.split("\n");
          deepEqual(
            lines.map((line) => line.slice(0, line.indexOf(": "))),
            [1, 2, 3, 4, 5].map((line) => `${path}:${line}`),
          );
          equal((error as Error).name, "MembersFileError");
          return true;
        },
      );
    }));

  it("tells 20 problems and how many more there are, and keeps them all", () => {
    const withWrong = (count: number) => refusalOf(".csv", `identity,role\n${"a,x\n".repeat(count)}`);
    const [twenty, many] = [withWrong(10), withWrong(10_000)];
    // Each but the first is the same member besides.
    equal(twenty.message.split("\n").length, 19);
    equal(many.message.split("\n").length, 21);
    equal(many.problems.length, 19_999);
    equal(
      many.message
        .split("\n")
        .at(-1)
        ?.replace(/^.*members\.csv: /, ""),
      "and 19979 more.",
    );
  });

  it("tells nothing twice where the error is printed with its fields", () => {
    const printed = inspect(refusalOf(".csv", "identity\nalice\nalice"));
    equal(printed.split("is that of the member in line 2 too").length, 2);
  });

  it("tells each in one line, whatever stands in a name", () => {
    const { message } = refusalOf(
      ".json",
      '[{"identity":"a","messagingBinding":{"x\\n\\u001b[2Jy\\u2028z":1}}]',
    );
    equal(message.includes("messagingBinding.x\\u000a\\u001b[2Jy\\u2028z: is not a property"), true, message);
    equal(message.split("\n").length, 1);
  });

  it("reads 10,000 members", () => {
    const numbers = Array.from({ length: 10_000 }, (_, number) => number);
    const rows = numbers.map((number) => `user-${number},agent,"{""level"":${number}}"`);
    const members = membersOf(".csv", ["identity,role,attributes", ...rows].join("\n"));
    equal(Object.keys(members).length, 10_000);
    deepEqual(members["user-9999"], { identity: "user-9999", roleSid: AGENT, attributes: { level: 9999 } });
    deepEqual(membersOf(".json", JSON.stringify(members)), members);
  });

  it("says nothing of what attributes hold, nor of a cell in a wrong place", () => {
    const files: Parameters<typeof membersOf>[] = [
      [".csv", `identity,attributes\na,{${CANARY}\nb,"{""${"a"}"":""${CANARY.padEnd(5000)}""}"`],
      [".csv", `identity,attributes\na,${CANARY},x\nb,"${CANARY}"${CANARY}\nc,${CANARY}"\nd,"${CANARY}`],
      [".csv", `identity,role,roleSid,groupMms\n${CANARY},${CANARY},${CANARY},${CANARY}\n${CANARY},,,`],
      [".csv", `${CANARY},alice`],
      [".csv", `identity,${CANARY}`],
      [".json", `[{"identity":"a","attributes":{"a":"${CANARY}`],
      [
        ".json",
        `[{"identity":"a","attributes":"${CANARY}"},{"identity":"${CANARY}","role":"${CANARY}"},"${CANARY}"]`,
      ],
      [".json", `[{"identity":"a","attributes":{"a":"${CANARY.padEnd(5000)}"}}, ${CANARY}]`],
    ];
    for (const file of files) {
      const error = refusalOf(...file);
      const texts = [error.message, JSON.stringify(error.problems), String(error.cause)];
      deepEqual(
        texts.filter((text) => text.includes(CANARY)),
        [],
        file[1].toString(),
      );
    }
  });

  it("gives what a StandingConversation takes, and any of several participants", () => {
    /** Never called: the compiler is the test. */
    const compiled = (declare: (args: StandingConversationArgs) => void) => {
      const members = membersFromFile("members.csv");
      declare({ members });
      const member: StandingMemberArgs | undefined = members["alice"];
      const participant: ParticipantArgs | undefined = member && { conversationSid: "CH", ...member };
      // @ts-expect-error: a file may have no such member
      const identity = members["alice"].identity;
      return [member, participant, identity];
    };
    equal(typeof compiled, "function");
  });
});
