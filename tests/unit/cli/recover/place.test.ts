import { deepEqual, equal } from "node:assert/strict";
import {
  archivedMs,
  hasProjects,
  placeOf,
  roleOf,
  stackNameIn,
} from "../../../../provider/cli/recover/place";

describe("recover: where a stack is kept", () => {
  it("takes the names that Pulumi takes, and no path", () => {
    deepEqual(stackNameIn("dev"), { name: "dev", project: undefined });
    deepEqual(stackNameIn("organization/dev"), { name: "dev", project: undefined });
    deepEqual(stackNameIn("organization/desk/eu.dev_1-x"), { name: "eu.dev_1-x", project: "desk" });
    for (const text of [
      "",
      "..",
      "a/../b",
      "other/desk/dev",
      "organization/a/b/c",
      "a b",
      "organization//dev",
      "a\\b",
    ])
      equal(stackNameIn(text), undefined, text);
  });

  it("knows both layouts", () => {
    deepEqual(placeOf("/s", { name: "dev", project: "desk" }), {
      stack: "organization/desk/dev",
      states: "/s/.pulumi/stacks/desk",
      base: "dev.json",
      locks: "/s/.pulumi/locks/organization/desk/dev",
      archives: ["/s/.pulumi/history/desk/dev", "/s/.pulumi/backups/desk/dev"],
      meta: "/s/.pulumi/meta.yaml",
    });
    deepEqual(placeOf("/s", { name: "dev" }).states, "/s/.pulumi/stacks");
    deepEqual(placeOf("/s", { name: "dev" }).locks, "/s/.pulumi/locks/dev");
    equal(hasProjects("version: 1\n"), true);
    for (const meta of [undefined, "version: 0\n"]) equal(hasProjects(meta), false);
    for (const meta of ["", "version: 2\n", "version: 10\n"]) equal(hasProjects(meta), undefined);
  });

  it("tells what a file holds by its name", () => {
    const roles = {
      "dev.json": { role: "state" },
      "dev.json.gz": { role: "state" },
      "dev.json.zst": { role: "state" },
      "dev.json.bak": { role: "copy" },
      "dev.json.gz.bak": { role: "copy" },
      "dev.json.1795426243123456789": { role: "copy", writtenMs: 1795426243123.456 },
      "dev.json.18ea9362c0da7d93.tmp": { role: "unfinished", writtenMs: 1795409453812.186 },
    };
    for (const [file, role] of Object.entries(roles)) deepEqual(roleOf(file, "dev.json"), role, file);
    for (const file of [
      "dev.json.attrs",
      "dev.json.bak.attrs",
      "dev.json.bak.18ea9362c0da7d93.tmp",
      "dev.json.broken-20261123T045235Z",
      "dev.json.recover.tmp",
      "dev2.json",
      "dev.pulumi-tags",
      "xdev.json",
    ])
      equal(roleOf(file, "dev.json"), undefined, file);
  });

  it("finds the states among what finished operations leave", () => {
    for (const file of ["dev-1795426243123456789.checkpoint.json", "dev.1795426243123456789.json.gz"])
      equal(Math.floor(archivedMs(file) ?? 0), 1795426243123, file);
    for (const file of ["dev-1795426243123456789.history.json", "dev.json", "dev-1.checkpoint.json.attrs"])
      equal(archivedMs(file), undefined, file);
  });
});
