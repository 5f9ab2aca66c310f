import { deepEqual } from "node:assert/strict";
import { problemsOf } from "./member-file";

const wrongs = (...lines: string[]) => problemsOf(".csv", lines.join("\n"));

const NO_HEADER =
  "has no header, the row with the names of the columns. Use label, identity, address, proxyAddress, projectedAddress, groupMms, role, roleSid, attributes, or attributes.KEY.";
const rounded = (column: string, at: number) =>
  `${2 + at}: ${column}: is a number that a spreadsheet program has rounded. ` +
  "Format the column as text there, and write it anew.";

describe("members of a CSV file: what spreadsheet programs make of it, by its line", () => {
  const cases: [string, string[], string[]][] = [
    [
      "an address that a spreadsheet program has rounded",
      ["address,proxyAddress", "1.41556E+10,+14155550100", '+14155550123,"1,41556E+10"'],
      ["address", "proxyAddress"].map(
        (name, at) =>
          `${2 + at}: ${name}: is a number that a spreadsheet program has rounded (Twilio error ${50407 + at}). ` +
          "Write a phone number as +14155550123: +, country code and digits alone (in a spreadsheet, as text).",
      ),
    ],
    [
      "rounded numbers anywhere else, by commas",
      [
        "label,identity,attributes.order,attributes",
        "1.23457E+12,a,,",
        ",1.23457E+12,,",
        ',b,"1,23457E+12",',
        ",c,,1.23457E+12",
        ",d,,-1E+100",
      ],
      ["label", "identity", "attributes.order", "attributes", "attributes"].map(rounded),
    ],
    [
      "rounded numbers that are the same in all rows, and nothing that follows from it",
      [
        "identity,address,proxyAddress",
        "1.23457E+12,,",
        "1.23457E+12,,",
        ",1.4E+10,+14155550100",
        ",1.4E+10,+14155550100",
      ],
      [
        ...["identity", "identity"].map(rounded),
        ...[4, 5].map(
          (line) =>
            `${line}: address: is a number that a spreadsheet program has rounded (Twilio error 50407). ` +
            "Write a phone number as +14155550123: +, country code and digits alone (in a spreadsheet, as text).",
        ),
      ],
    ],
    [
      "rounded numbers anywhere else, by semicolons",
      [
        "label;identity;attributes.order;attributes",
        "1,23457E+12;a;;",
        ";1,23457E+12;;",
        ";b;2E+15;",
        ";c;;1,2E+12",
      ],
      ["label", "identity", "attributes.order", "attributes"].map(rounded),
    ],
    [
      "formulas that are to keep a number text, quoted or not",
      [
        "identity,address,proxyAddress,attributes.order",
        ',="+14155550123",+14155550100,',
        ',"=""+14155550123""",+14155550100,',
        '"=""0012""",,,',
        'alice,,,"=""0012"""',
      ],
      [
        '2: has a cell that is a formula (="…"). Write the text alone, without the formula.',
        "3: address: is a formula of a spreadsheet program (Twilio error 50407). Write a phone number as +14155550123: +, country code and digits alone (in a spreadsheet, as text).",
        '4: identity: is a formula (="…"). Write the text alone, without the formula.',
        '5: attributes.order: is a formula (="…"). Write the text alone, without the formula.',
      ],
    ],
    [
      "a title above the header",
      [
        "Members of the support desk;;",
        "",
        "as of Monday;;",
        "identity;role;attributes.team",
        "alice;agent;a",
      ],
      ["1: is no header: the names of the columns are in line 4. Remove the lines above it."],
    ],
    [
      "a header in capitals, with nothing that follows from it",
      ["IDENTITY;Role;ATTRIBUTES.Team", "alice;agent;a", "bob;agnet;"],
      [
        "1: column 1: is none that a member has. Did you mean identity?",
        "1: column 2: is none that a member has. Did you mean role?",
        "1: column 3: is none that a member has. Did you mean attributes.KEY?",
        "3: role: is none of the roles that the program gives. Did you mean agent?",
      ],
    ],
    [
      "a line for Excel with the separator, in the lines behind it",
      ["sep=;", "identity;role", "alice;agent", "bob;agnet"],
      ["4: role: is none of the roles that the program gives. Did you mean agent?"],
    ],
    [
      "a line with a separator that files cannot have",
      ["sep=|", "identity|role", "alice|agent"],
      [`1: ${NO_HEADER}`],
    ],
  ];
  for (const [what, lines, problems] of cases) it(what, () => deepEqual(wrongs(...lines), problems));
});
