import { deepEqual, equal } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const REPOSITORY = resolve(__dirname, "../../..");
/** What users read, and what the package prints. */
const READ = ["README.md", "CHANGELOG.md", "docs", "examples", "provider", "simulator", "scripts"];
/** Written or run as a command; folders and marks may be called so. */
const ELSES_COMMAND =
  /npx (?:--\S+ )*(?:-- )?twilio-conversations|(?<![\w-])(?<!<!-- )twilio-conversations(?=`| [a-z<…])/;
/** To be typed where the package is a dependency: then it is on no PATH. */
const WITHOUT_NPX = /(?:\b[Rr]un \\?`|: \$ )(?:pulumi-)?twilio-conversations\b/;

describe("the command's name in texts", () => {
  it("is that of this package, since `npx twilio-conversations` would run Twilio's client", () => {
    const { name, bin } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as {
      name: string;
      bin: Record<string, string>;
    };
    // What is installed by now goes on working.
    deepEqual(Object.keys(bin), [name, "twilio-conversations"]);
    equal(new Set(Object.values(bin)).size, 1);
    deepEqual(linesWith(ELSES_COMMAND), []);
  });

  it("comes with npx where somebody is told to run it", () => {
    deepEqual(linesWith(WITHOUT_NPX), []);
  });
});

const LINES = READ.flatMap(filesIn).flatMap((file) =>
  readFileSync(join(REPOSITORY, file), "utf8")
    .split("\n")
    .filter((line) => line.includes("twilio-conversations"))
    .map((line) => `${file}: ${line}`),
);

function linesWith(pattern: RegExp): string[] {
  return LINES.filter((line) => pattern.test(line));
}

function filesIn(path: string): string[] {
  if (path.includes(".")) return [path];
  return readdirSync(join(REPOSITORY, path), { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesIn(`${path}/${entry.name}`)
        : entry.isFile()
          ? [`${path}/${entry.name}`]
          : [],
    );
}
