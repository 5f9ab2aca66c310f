import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultAccount } from "../../../simulator/accounts";
import { defaultLimits, defaultSwitches } from "../../../simulator/rules/switches";
import { usualPort } from "../../../simulator/run";

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

  it("say what is to be exported as the command prints it", () => {
    const lines = [
      `export TWILIO_CONVERSATIONS_URL=http://127.0.0.1:${usualPort}`,
      `export TWILIO_ACCOUNT_SID=${defaultAccount.accountSid}`,
      `export TWILIO_AUTH_TOKEN=${defaultAccount.authToken}`,
    ];
    for (const name of ["README.md", "../README.md", "../examples/README.md"])
      assert.ok(text(name).includes(`${lines.join("\n")}\n`), name);
    for (const told of Object.values(defaultAccount)) assert.ok(text("README.md").includes(told), told);
  });

  it("name every flag and every control operation", () => {
    const readme = text("README.md");
    const flags = [...text("run.ts").matchAll(/--[a-z-]+/g)].map(([flag]) => flag);
    for (const flag of flags) assert.ok(readme.includes(flag), flag);
    const paths = [...text("control/control-handler.ts").matchAll(/_control\/[a-z]+/g)].map(([path]) => path);
    for (const path of paths) assert.ok(readme.includes(path), path);
  });
});
