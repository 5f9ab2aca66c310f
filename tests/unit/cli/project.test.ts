import { equal, throws } from "node:assert/strict";
import { userInfo } from "node:os";
import { findBackend, folderOf, withoutCredentials } from "../../../provider/cli/pulumi/backend";
import { projectNameIn } from "../../../provider/cli/pulumi/project";

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
    // All as Pulumi 3.255.0 does it.
    ["file:///var/a%23b%3Fc", "/var/a#b?c"],
    ["file:///var/a%2Fb%25", "/var/a/b%"],
    ["file:///var/state#2", "/var/state"],
    ["file://~/my%23state", "/home/ann/my#state"],
    ["s3://bucket/state", undefined],
    ["https://api.pulumi.com", undefined],
  ];
  for (const [url, folder] of urls)
    it(`of ${url} is in ${folder ?? "no folder"}`, () =>
      equal(folderOf(url, "/project", "/home/ann"), folder));

  it("cannot be told from a URL that Pulumi cannot read", () => {
    for (const url of ["file:///var/50%", "file:///var/%zz"])
      throws(
        () => folderOf(url, "/project", "/home/ann"),
        /no URL that Pulumi can read: a % in it is written %25/,
      );
  });

  it("of ~ is in the home that the system knows of the user, as for Pulumi, whatever HOME says", async () => {
    const { HOME } = process.env;
    process.env["HOME"] = "/nowhere";
    try {
      equal((await findBackend("/", { PULUMI_BACKEND_URL: "file://~" })).folder, userInfo().homedir);
    } finally {
      if (HOME === undefined) delete process.env["HOME"];
      else process.env["HOME"] = HOME;
    }
  });

  it("is named without what it is entered with", () => {
    equal(withoutCredentials("postgres://ann:secret@host/db?sslkey=x"), "postgres://****@host/db");
    equal(withoutCredentials("s3://bucket/a@b"), "s3://bucket/a@b");
    equal(withoutCredentials("https://api.pulumi.com"), "https://api.pulumi.com");
  });
});
