import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultLimits, defaultSwitches } from "../../../simulator/rules/switches";

const text = (name: string): string => readFileSync(join(__dirname, "../../../simulator", name), "utf8");

describe("simulator documents", () => {
  it("name every switch with its default first", () => {
    const limits = text("LIMITS.md");
    for (const [name, value] of Object.entries(defaultSwitches)) {
      const row = limits.split("\n").find((line) => line.startsWith(`| \`${name}\``));
      assert.ok(row, name);
      assert.equal(/\| `([^`]+)`/.exec(row.slice(row.indexOf("|", 2)))?.[1], String(value), name);
    }
  });

  it("name every limit with its default", () => {
    const limits = text("LIMITS.md");
    for (const [name, value] of Object.entries(defaultLimits)) {
      assert.match(limits, new RegExp(`\\| \`${name}\` +\\| ${value} +\\|`), name);
    }
  });

  it("name every flag and every control operation", () => {
    const readme = text("README.md");
    const flags = [...text("run.ts").matchAll(/--[a-z-]+/g)].map(([flag]) => flag);
    for (const flag of flags) assert.ok(readme.includes(flag), flag);
    const paths = [...text("control/control-handler.ts").matchAll(/_control\/[a-z]+/g)].map(([path]) => path);
    for (const path of paths) assert.ok(readme.includes(path), path);
  });
});
