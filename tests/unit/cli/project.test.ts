import { equal } from "node:assert/strict";
import { folderOf, withoutCredentials } from "../../../provider/cli/backend";
import { projectNameIn } from "../../../provider/cli/project";

describe("command line: the project", () => {
  const texts: [string, string | undefined][] = [
    ["name: desk\nruntime: nodejs\n", "desk"],
    ["# The desk\r\nruntime: nodejs\r\nname:   support.desk-1_x   # of all\r\n", "support.desk-1_x"],
    ['"name": "desk"\n', "desk"],
    ["name: 'desk'\n", "desk"],
    ['{ "runtime": "nodejs", "name": "desk" }', "desk"],
    ["runtime:\n  name: nodejs\n", undefined],
    ["config:\n  name: x\nname: desk\n", "desk"],
  ];
  for (const [text, name] of texts)
    it(`has the name ${name} in ${JSON.stringify(text)}`, () => equal(projectNameIn(text), name));
});

describe("command line: the backend", () => {
  const urls: [string, string | undefined][] = [
    ["file:///var/state", "/var/state"],
    ["file://~", "/home/ann"],
    ["file://~/state", "/home/ann/state"],
    ["file://./state", "/project/state"],
    ["file://state", "/project/state"],
    ["file:///var/my%20state?no_tmp_dir=true", "/var/my state"],
    ["s3://bucket/state", undefined],
    ["https://api.pulumi.com", undefined],
  ];
  for (const [url, folder] of urls)
    it(`of ${url} is in ${folder ?? "no folder"}`, () =>
      equal(folderOf(url, "/project", "/home/ann"), folder));

  it("is named without what it is entered with", () => {
    equal(withoutCredentials("postgres://ann:secret@host/db?sslkey=x"), "postgres://****@host/db");
    equal(withoutCredentials("s3://bucket/a@b"), "s3://bucket/a@b");
    equal(withoutCredentials("https://api.pulumi.com"), "https://api.pulumi.com");
  });
});
