import { deepEqual, equal, match } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { obstacleFrom, PACKAGE } from "../../../provider/core/program/plugin-reach";
import { providerText } from "../../../provider/core/program/provider-text";

const REPOSITORY = resolve(__dirname, "../../..");
const OWN = `node_modules/${PACKAGE}`;
const STORE = `node_modules/.pnpm/${PACKAGE}@0.1.0`;

/** Somebody's files: packages with a provider, links, and what else there is. */
class Layout {
  constructor(readonly root: string) {}

  write(path: string, text = ""): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  install(path: string, files = ["provider.js"]): void {
    const exports = { "./provider": "./provider.js", "./package.json": "./package.json" };
    this.write(`${path}/package.json`, JSON.stringify({ name: PACKAGE, version: "0.1.0", exports }));
    for (const file of files) this.write(`${path}/${file}`, "exports.Role = {};");
  }

  link(target: string, path: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    symlinkSync(join(this.root, target), join(this.root, path));
  }

  /** Only the component has this package, which is in the store. */
  isolate(): void {
    this.install(`${STORE}/${OWN}`);
    this.link(`${STORE}/${OWN}`, `component/${OWN}`);
    this.link("component", "infra/node_modules/component");
    this.write("pnpm-lock.yaml");
  }
}

interface Case {
  readonly isFound: boolean;
  readonly make: (layout: Layout) => void;
  /** Where Pulumi starts program and plugin. */
  readonly folder?: string;
  /** A folder for NODE_PATH. */
  readonly nodePath?: string;
  /** A module that NODE_OPTIONS loads first. */
  readonly hook?: string;
}

/** As the loaders of some monorepos find packages. */
function hookTo(folder: string): string {
  return `
    import { registerHooks } from "node:module";
    const url = ${JSON.stringify(pathToFileURL(join(folder, "provider.js")).href)};
    registerHooks({
      resolve: (name, context, next) =>
        name === "${PACKAGE}/provider" ? { url, format: "commonjs", shortCircuit: true } : next(name, context),
    });`;
}

const layouts: Readonly<Record<string, Case>> = {
  "a plain project": { isFound: true, make: (at) => at.install(`infra/${OWN}`) },
  "a workspace that hoists": { isFound: true, make: (at) => at.install(OWN) },
  "a folder that `main` names": {
    isFound: true,
    make: (at) => at.install(`infra/${OWN}`),
    folder: "infra/src/main",
  },
  "a link (`npm link`, `file:`, `workspace:`)": {
    isFound: true,
    make: (at) => {
      at.install("elsewhere");
      at.link("elsewhere", `infra/${OWN}`);
    },
  },
  "isolated packages": { isFound: false, make: (at) => at.isolate() },
  "isolated packages, and the program has its own": {
    isFound: true,
    make: (at) => {
      at.isolate();
      at.link(`${STORE}/${OWN}`, `infra/${OWN}`);
    },
  },
  "isolated packages with a public one": {
    isFound: true,
    make: (at) => {
      at.isolate();
      at.link(`${STORE}/${OWN}`, OWN);
    },
  },
  "isolated packages, for all of which there is NODE_PATH": {
    isFound: true,
    make: (at) => at.isolate(),
    nodePath: `${STORE}/node_modules`,
  },
  "a hook that is asked where a module is loaded": {
    isFound: true,
    make: (at) => {
      at.isolate();
      at.write("hook.mjs", hookTo(join(at.root, STORE, OWN)));
    },
    hook: "hook.mjs",
  },
  "a copy that another package has to itself": {
    isFound: false,
    make: (at) => at.install(`infra/node_modules/component/${OWN}`),
  },
  "a project that is a link, with packages where it really is": {
    isFound: true,
    make: (at) => {
      at.install(`real/${OWN}`);
      at.write("real/packages/desk/Pulumi.yaml");
      at.link("real/packages/desk", "desk");
    },
    folder: "desk",
  },
  "a project that is a link, with packages where the link is": {
    isFound: false,
    make: (at) => {
      at.install(OWN);
      at.write("../outside/Pulumi.yaml");
      at.link("../outside", "desk");
    },
    folder: "desk",
  },
  "a program in the package itself": {
    isFound: false,
    make: (at) => at.install("infra"),
  },
  "a package without its provider": { isFound: false, make: (at) => at.install(`infra/${OWN}`, []) },
  "a broken link": { isFound: false, make: (at) => at.link("nowhere", `infra/${OWN}`) },
  "no packages at all": { isFound: false, make: () => {} },
};

/** What the plugin does with the text of a resource, by its own means, and what is said of it beforehand. */
const PLUGIN = `
  const load = require(${JSON.stringify(join(REPOSITORY, "node_modules/require-from-string"))});
  const { obstacleFrom } = require(${JSON.stringify(join(REPOSITORY, "dist/provider/core/program/plugin-reach"))});
  const found = () => {
    try {
      return load(${JSON.stringify(providerText("Role"))}).handler() !== undefined;
    } catch {
      return false;
    }
  };
  console.log(JSON.stringify([found(), obstacleFrom(process.cwd()) === undefined]));`;

describe("where the plugin looks for this package", () => {
  let parent: string;
  let layout: Layout;
  beforeEach(() => {
    parent = realpathSync(mkdtempSync(join(tmpdir(), "plugin-reach-")));
    layout = new Layout(join(parent, "root"));
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  for (const [what, { isFound, make, folder = "infra", nodePath, hook }] of Object.entries(layouts))
    it(`is ${isFound ? "where" : "not where"} there is ${what}`, () => {
      make(layout);
      const cwd = join(layout.root, folder);
      mkdirSync(cwd, { recursive: true });
      const printed = execFileSync(process.execPath, ["-e", PLUGIN], {
        cwd,
        encoding: "utf8",
        env: {
          ...process.env,
          NODE_PATH: nodePath === undefined ? "" : join(layout.root, nodePath),
          ...(hook !== undefined && {
            NODE_OPTIONS: `--import ${pathToFileURL(join(layout.root, hook)).href}`,
          }),
        },
      });
      deepEqual(JSON.parse(printed), [isFound, isFound]);
      // As `doctor` asks, by the path that it was given.
      if (nodePath === undefined && hook === undefined) equal(obstacleFrom(cwd) === undefined, isFound);
    });

  const hints: [string, RegExp][] = [
    ["package-lock.json", /^Run `npm install pulumi-twilio-conversations` in the program's own package/],
    ["pnpm-lock.yaml", /^Run `pnpm add pulumi-twilio-conversations` .* `publicHoistPattern`/],
    ["yarn.lock", /^Run `yarn add pulumi-twilio-conversations` in/],
    ["bun.lock", /^Run `bun add pulumi-twilio-conversations` in/],
    [
      ".pnp.cjs",
      /^Pulumi does not support Yarn PnP: set `nodeLinker: node-modules` in \.yarnrc\.yml\. Run `yarn add pulumi/,
    ],
  ];
  for (const [file, hint] of hints)
    it(`is put right by the one that left ${file}, however deep the program is`, () => {
      layout.write("package-lock.json");
      layout.write(`workspace/${file}`);
      layout.write("workspace/yarn.lock");
      if (file !== ".pnp.cjs" && file !== "yarn.lock") rmSync(join(layout.root, "workspace/yarn.lock"));
      layout.write("workspace/infra/src/index.ts");
      const obstacle = obstacleFrom(join(layout.root, "workspace/infra/src"));
      match(obstacle?.hint ?? "", hint);
    });

  it("says of a package without its provider where that is", () => {
    layout.install(`infra/${OWN}`, []);
    const obstacle = obstacleFrom(join(layout.root, "infra"));
    match(obstacle?.found ?? "", new RegExp(`no provider in ${layout.root}/infra/${OWN}`));
    match(obstacle?.hint ?? "", /Install the project's packages anew/);
  });
});
