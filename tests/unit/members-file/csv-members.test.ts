import { deepEqual } from "node:assert/strict";
import { AGENT, membersOf, SUPERVISOR } from "./member-file";

const csv = (...lines: string[]) => membersOf(".csv", lines.join("\n"));

const desk = {
  alice: { identity: "alice", roleSid: AGENT, attributes: { team: "support" } },
  boss: { identity: "bob", roleSid: SUPERVISOR },
  "+14155550123": { messagingBinding: { address: "+14155550123", proxyAddress: "+14155550100" } },
};

describe("members of a CSV file", () => {
  it("have in each column what it says", () =>
    deepEqual(
      csv(
        "label,identity,address,proxyAddress,projectedAddress,groupMms,role,roleSid,attributes,attributes.team",
        ",alice,,,,,agent,,,support",
        `boss,bob,,,,,,${SUPERVISOR},,`,
        ",,+14155550123,+14155550100,,,,,,",
        "sms,,+14155550124,,,true,,,,",
        "mixed,dan,,,+14155550125,FALSE,,,,",
        'vip,eve,,,,,,,"{""level"":1,""tags"":[""a,b""]}",sales',
      ),
      {
        ...desk,
        sms: { messagingBinding: { address: "+14155550124" }, groupMms: true },
        mixed: { identity: "dan", messagingBinding: { projectedAddress: "+14155550125" }, groupMms: false },
        vip: { identity: "eve", attributes: { level: 1, tags: ["a,b"], team: "sales" } },
      },
    ));

  const rows = [
    ["attributes.team", "proxyAddress", "role", "identity", "label", "address"],
    ["support", "", "agent", "alice", "", ""],
    ["", "", "supervisor", "bob", "boss", ""],
    ["", "+14155550100", "", "", "", "+14155550123"],
  ];
  const written = (delimiter: string, end: string) => rows.map((row) => row.join(delimiter)).join(end);
  /** By commas it would have one column, and by semicolons two. */
  const otherSeparators = written("\t", "\n").replaceAll(/^(.*\t)/gm, (_row, cells, at) =>
    at === 0 ? `"attributes.;a,""\n""identity"\t${cells}` : `\t${cells}`,
  );
  const spellings: [string, string | Buffer][] = [
    ["commas and LF", written(",", "\n")],
    ["commas and CR LF", written(",", "\r\n")],
    ["commas and CR", written(",", "\r")],
    ["semicolons", written(";", "\r\n")],
    ["tabs", written("\t", "\n")],
    ["a byte order mark", `\uFEFF${written(";", "\r\n")}\r\n`],
    ["a byte order mark before quotation marks", `\uFEFF"${written('","', '"\r\n"')}"\r\n`],
    ["everything in quotation marks", `"${written('";"', '"\n"')}"`],
    ["line ends of two kinds", written(",", "\n").replace("\n", "\r\n")],
    ["names of columns that hold other separators", otherSeparators],
    ["a line end at its end", `${written(",", "\n")}\n`],
    ["blank lines", `\n\n${written(",", "\n\n")}\n\n`],
    ["rows without anything", `,,,,,\n${written(",", "\n,,,,,\n")}\n,,,,,\n`],
    ["rows without anything, by semicolons", `;;;;;\n${written(";", "\n;;;;;\n")}\n;;;;;\n`],
    ["blanks around its cells", written(" , ", "  \n  ")],
    ["a line for Excel that names the separator", `sep=;\r\n${written(";", "\r\n")}`],
    ["such a line behind a byte order mark", `\uFEFF"sep=\t"\n${written("\t", "\n")}`],
    ["as bytes", Buffer.from(written(",", "\n"))],
  ];
  for (const [what, content] of spellings)
    it(`are the same with ${what}`, () => deepEqual(membersOf(".csv", content), desk));

  it("are none where there is only a header", () => deepEqual(csv("identity,role"), {}));

  it("keep blanks and line ends within quotation marks", () =>
    deepEqual(csv("identity,attributes.note", '" alice ","one\r\ntwo "'), {
      " alice ": { identity: " alice ", attributes: { note: "one\r\ntwo " } },
    }));

  it("keep as text what looks like a number", () =>
    deepEqual(csv("identity,attributes.code", "007,0010"), {
      "007": { identity: "007", attributes: { code: "0010" } },
    }));

  it("take all behind the first dot for the key of an attribute", () =>
    deepEqual(csv("identity,attributes.a.b,attributes.toString", "alice,1,2"), {
      alice: { identity: "alice", attributes: { "a.b": "1", toString: "2" } },
    }));

  it("keep what only resembles a rounded number or a formula", () =>
    deepEqual(csv("identity,attributes.code", "2E10,1.5E-05", "=alice,1.5e+10", "E+12,1.23.4E+12"), {
      "2E10": { identity: "2E10", attributes: { code: "1.5E-05" } },
      "=alice": { identity: "=alice", attributes: { code: "1.5e+10" } },
      "E+12": { identity: "E+12", attributes: { code: "1.23.4E+12" } },
    }));

  it("can have any label", () =>
    deepEqual(Object.keys(csv("label,identity", "toString,a", "constructor,b", "Zoë 🐝,c")), [
      "toString",
      "constructor",
      "Zoë 🐝",
    ]));
});
