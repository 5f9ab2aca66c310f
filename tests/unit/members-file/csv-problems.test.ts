import { deepEqual } from "node:assert/strict";
import { AGENT, problemsOf } from "./member-file";

const wrongs = (...lines: string[]) => problemsOf(".csv", lines.join("\n"));

const COLUMNS =
  "Use label, identity, address, proxyAddress, projectedAddress, groupMms, role, roleSid, attributes, or attributes.KEY.";
const NO_HEADER = `has no header, the row with the names of the columns. ${COLUMNS}`;
const QUOTING = 'Put the whole cell in quotation marks, and double each one within it: "say ""hi""".';
const OWN_LABEL = "Give the member a label of its own.";

describe("members of a CSV file: what is wrong, by its line", () => {
  const cases: [string, string[], string[]][] = [
    ["nothing at all", [""], [`1: ${NO_HEADER}`]],
    ["blank lines alone", ["", ""], [`1: ${NO_HEADER}`]],
    ["no header", ["alice,agent", "bob,agent"], [`1: ${NO_HEADER}`]],
    ["no header after blank lines", ["", "", "alice,agent"], [`3: ${NO_HEADER}`]],
    [
      "columns of other names",
      ["identity,Role,proxy_address,shoe size,attributes.", "alice,agent,,,"],
      [
        "1: column 2: is none that a member has. Did you mean role?",
        "1: column 3: is none that a member has. Did you mean proxyAddress?",
        `1: column 4: is none that a member has. ${COLUMNS}`,
        "1: column 5: is none that a member has. Did you mean attributes?",
      ],
    ],
    [
      "a column twice, and one without a name",
      ["identity,attributes.a,,identity,attributes.a", "alice,,,,"],
      [
        `1: column 3: has no name. ${COLUMNS}`,
        "1: column 4: has the name of a column before it. Remove one of the two.",
        "1: column 5: has the name of a column before it. Remove one of the two.",
      ],
    ],
    [
      "rows of another width",
      ["identity,role", "alice", "bob,agent", "carol,agent,x"],
      ["1", "3"].map(
        (cells, at) =>
          `${2 + 2 * at}: has ${cells} cell${at === 0 ? "" : "s"}, the header has 2. ` +
          "Give each row as many cells, and put those with a separator in them in quotation marks.",
      ),
    ],
    [
      "a quotation mark within a cell, text behind one, and one that is not closed",
      ["identity,role", 'al"ice,agent', "bob,agnet", '"ca"rol,agent', '"dan,agent', "eve,agnet"],
      [
        `2: has a quotation mark within a cell that does not begin with one. ${QUOTING}`,
        "3: role: is none of the roles that the program gives. Did you mean agent?",
        `4: has text behind the closing quotation mark of a cell. ${QUOTING}`,
        `5: has a quotation mark that is not closed. ${QUOTING}`,
        "6: role: is none of the roles that the program gives. Did you mean agent?",
      ],
    ],
    [
      "a quotation mark in the header, which leaves the rows without columns",
      ['identity;ro"le', "alice;agnet", 'b"ob;agent'],
      [1, 3].map(
        (line) => `${line}: has a quotation mark within a cell that does not begin with one. ${QUOTING}`,
      ),
    ],
    [
      "text behind a quoted cell and a blank",
      ["identity,role", '"alice" x,agent'],
      [`2: has text behind the closing quotation mark of a cell. ${QUOTING}`],
    ],
    [
      "roles that are none, and one beside its SID",
      ["identity,role,roleSid", "alice,agnt,", "bob,toString,", `carol,agent,${AGENT}`],
      [
        "2: role: is none of the roles that the program gives. Did you mean agent?",
        "3: role: is none of the roles that the program gives. Use agent, supervisor.",
        "4: role: cannot be combined with roleSid. Give one of the two.",
      ],
    ],
    [
      "two members that are one",
      [
        "label,identity,address,proxyAddress",
        "a,alice,,",
        "b,,+14155550123,+14155550100",
        "c,alice,,",
        "d,,+14155550123,+14155550103",
        "e,,+14155550123,+14155550100",
      ],
      [
        "4: identity: is that of the member in line 2 too. Remove one of the two.",
        "6: address: is that of the member in line 3 too. Remove one of the two.",
      ],
    ],
    [
      "labels that are taken, given or not",
      [
        "label,identity,address,proxyAddress",
        "x,alice,,",
        "x,bob,,",
        "alice,carol,,",
        ",x,,",
        ",,+14155550123,+14155550100",
        ",,+14155550123,+14155550103",
      ],
      [
        `3: label: is that of the member in line 2 too. ${OWN_LABEL}`,
        `5: label: is that of the member in line 2 too. ${OWN_LABEL}`,
        `7: label: is that of the member in line 6 too. ${OWN_LABEL}`,
      ],
    ],
    [
      "nothing that could be a label",
      ["projectedAddress,groupMms", "+14155550123,true"],
      [`2: label: is missing, and there is no identity or address for it. ${OWN_LABEL}`],
    ],
    [
      "a groupMms that is neither, and nothing that follows from it",
      ["address,groupMms", "+14155550123,yes"],
      ["2: groupMms: is neither true nor false. Use one of the two."],
    ],
    [
      "JSON that is none, or loses digits",
      [
        "identity,attributes,attributes.a",
        "alice,{x},",
        "bob,{x},1",
        'carol,"{""n"":12345678901234567890}",',
      ],
      [
        ...[2, 3].map(
          (line) =>
            `${line}: attributes: is not valid JSON at character 2 (Twilio error 50304). Give an object, or text that JSON.parse accepts.`,
        ),
        "4: attributes: holds a number that a double cannot hold exactly (Twilio error 50304). Write that number as a string.",
      ],
    ],
    [
      "an attribute told twice, or without an object for it",
      ["identity,attributes,attributes.a", 'alice,"{""a"":1}",2', "bob,[],2"],
      [
        "2: attributes.a: is in the column attributes too. Leave one of the two empty.",
        "3: attributes: must be a JSON object to take the keys that have columns of their own. Make it an object.",
      ],
    ],
    [
      "what a preview refuses of a participant",
      [
        "identity,address,proxyAddress,roleSid",
        "alice,+14155550123,,",
        ",+14155550123,,",
        ",,,CH1",
        ",+14155550103,whatsapp:+14155550100,",
      ],
      [
        "2: messagingBinding: cannot have an address or a proxy address beside identity (Twilio error 50211). Declare two participants: one by identity, one by address and proxyAddress.",
        "3: proxyAddress: is missing beside address (Twilio error 50412). Give the Twilio number that the person sees, or groupMms: true for a native group MMS.",
        "4: roleSid: is no RL SID (Twilio error 50109). Give RL followed by 32 hexadecimal digits: the id of the Role, or the sid that getRole finds.",
        "4: declares nobody: neither identity nor messagingBinding (Twilio error 50204). Give identity, or messagingBinding with address and proxyAddress.",
        "5: proxyAddress: is of another channel than address (Twilio error 50414). Write both with the same prefix, for example whatsapp: or none for SMS.",
      ],
    ],
    [
      "a role after cells with line ends in them",
      ["identity,role,attributes.note", '"a\nb",agent,"\r\n\r\n"', "", 'bob,agnet,"x\ry"', "carol,agnet,"],
      [7, 9].map((line) => `${line}: role: is none of the roles that the program gives. Did you mean agent?`),
    ],
  ];
  for (const [what, lines, problems] of cases) it(what, () => deepEqual(wrongs(...lines), problems));

  it("a role where the program gives none", () =>
    deepEqual(problemsOf(".csv", "identity,role\nalice,agent", {}), [
      "2: role: is none of the roles that the program gives. Give them to membersFromFile: { roles: { NAME: role.id } }.",
    ]));
});
