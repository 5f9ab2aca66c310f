import { deepEqual, equal, match } from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { SDK } from "../../../../provider/cli/doctor/packages";
import { findTypeScript, judgedTypeScript } from "../../../../provider/cli/doctor/typescript";

describe("doctor: TypeScript", () => {
  const node = { module: "commonjs", moduleResolution: "node" };
  const cases: [string | undefined, Record<string, string>, string, RegExp][] = [
    ["5.9.3", { module: "nodenext" }, "ok", /^5\.9\.3$/],
    ["6.0.3", {}, "ok", /^6\.0\.3$/],
    ["6.0.3", node, "problem", /^6\.0\.3\. It refuses moduleResolution node of tsconfig\.json/],
    ["6.0.3", { ...node, ignoreDeprecations: "6.0" }, "ok", /^6\.0\.3$/],
    ["5.9.3", node, "ok", /^5\.9\.3$/],
    ["4.8.2", { module: "commonjs" }, "ok", /^4\.8\.2$/],
    ["4.7.4", { module: "nodenext" }, "warning", /^4\.7\.4\. It is too old/],
    ["4.6.4", { module: "commonjs" }, "warning", /^4\.6\.4\. It is too old/],
    [
      "4.6.4",
      { module: "NodeNext" },
      "problem",
      /^4\.6\.4\. It does not know module NodeNext of tsconfig\.json/,
    ],
    [undefined, {}, "warning", /^3\.8\.3, which Pulumi brings along: there is none in the project\. It/],
    [undefined, { module: "nodenext" }, "problem", /^3\.8\.3, which Pulumi brings along.* module nodenext/],
    ["7.0.2", {}, "problem", /^7\.0\.2: Pulumi cannot run a program with TypeScript 7/],
  ];
  for (const [version, options, status, found] of cases)
    it(`is ${status} as ${version ?? "Pulumi's own"} with ${JSON.stringify(options)}`, () => {
      const judged = judgedTypeScript({ version, options, isNeeded: true });
      equal(judged.status, status);
      match(judged.found, found);
      if (status === "ok") equal(judged.hint, undefined);
      else match(judged.hint ?? "", /npm install --save-dev typescript@5|"moduleResolution": "nodenext"/);
    });

  it("is looked at where no program of it was found only for what stops JavaScript too", () => {
    const judged = (version?: string) => judgedTypeScript({ version, options: {}, isNeeded: false }).status;
    deepEqual([judged(), judged("3.9.10"), judged("7.0.2")], ["ok", "ok", "problem"]);
  });

  describe("in a project", () => {
    let root: string;
    beforeEach(() => {
      root = realpathSync(mkdtempSync(join(tmpdir(), "doctor-test-")));
    });
    afterEach(() => rmSync(root, { recursive: true }));
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    const install = (name: string, version: string, folder = "") =>
      write(join(folder, "node_modules", name, "package.json"), JSON.stringify({ name, version }));
    const found = (text = "runtime: nodejs") => {
      const { status, found: words } = findTypeScript(root, text);
      return `${status}: ${words}`;
    };

    it("is the one that the SDK finds", () => {
      install(SDK, "3.255.0");
      install("typescript", "4.5.5");
      install("typescript", "5.9.3", join("node_modules", SDK));
      write("tsconfig.json", "{}");
      equal(found(), "ok: 5.9.3");
    });

    it("is asked for what tsconfig.json needs, comments and all", () => {
      install(SDK, "3.255.0");
      install("typescript", "4.5.5");
      write("tsconfig.json", '{ // ours\n "compilerOptions": { "module": "nodenext", }, }');
      match(found(), /^problem: 4\.5\.5\. It does not know module nodenext/);
    });

    it("is Pulumi's own where there is none", () => {
      install(SDK, "3.255.0");
      match(found(), /^ok: not needed/);
      write("index.ts", "");
      match(found(), /^warning: 3\.8\.3, which Pulumi brings along/);
    });

    it("is not looked at where the project does without", () => {
      install(SDK, "3.255.0");
      install("typescript", "7.0.2");
      match(found("runtime: { name: nodejs, options: { typescript: false } }"), /^ok: not used/);
      match(found("runtime:\n  name: nodejs\n  options:\n    typescript: true"), /^problem: 7\.0\.2/);
    });
  });
});
