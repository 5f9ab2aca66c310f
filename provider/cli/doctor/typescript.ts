import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse } from "jsonc-parser";
import { isObject, type JsonObject } from "../../core/json";
import { isAtLeast } from "../pulumi/pulumi";
import { type Finding, ok, problem, warning } from "./check";
import { installedFrom, SDK } from "./packages";

/** The oldest version whose `tsc` accepts the types of the provider, Pulumi and Node, with `skipLibCheck` off. */
export const LEAST_TYPESCRIPT = "4.8.0";
/** The oldest version with `module: nodenext`, which Pulumi's template uses since March 2026. */
const LEAST_FOR_NODENEXT = "4.7.0";
/** From this version on `moduleResolution: node` is an error; Pulumi's template had it until then. */
const LEAST_WITHOUT_NODE10 = "6.0.0";
/** From this version on no program can call the compiler, as Pulumi does. */
const LEAST_NATIVE = "7.0.0";
/** The version that Pulumi bundles, seen in 3.255.0. */
const VENDORED = "3.8.3";

const INSTALL = "Run `npm install --save-dev typescript@5` there.";

/** The compiler that Pulumi uses for a program. */
export interface Compiler {
  /** Undefined when the project has none. */
  readonly version: string | undefined;
  /** `compilerOptions` in the program's tsconfig.json. */
  readonly options: JsonObject;
  /** Whether the program is TypeScript, judged by its folder. */
  readonly isNeeded: boolean;
}

/** Looks where Pulumi looks: from its SDK, which may not be where the program is. */
export function findTypeScript(folder: string, projectText: string): Finding {
  if (!usesTypeScript(projectText)) return ok("not used: the project says typescript: false");
  const sdk = installedFrom(folder, SDK);
  const tsconfig = join(folder, "tsconfig.json");
  const config: unknown = existsSync(tsconfig) ? parse(readFileSync(tsconfig, "utf8")) : undefined;
  const options = isObject(config) && isObject(config["compilerOptions"]) ? config["compilerOptions"] : {};
  return judgedTypeScript({
    version: sdk && versionFrom(sdk.folder),
    options,
    isNeeded: config !== undefined || existsSync(join(folder, "index.ts")),
  });
}

function versionFrom(folder: string): string | undefined {
  try {
    const manifest = createRequire(join(folder, "package.json")).resolve("typescript/package.json");
    return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
  } catch {
    return undefined;
  }
}

export function judgedTypeScript({ version: own, options, isNeeded }: Compiler): Finding {
  const version = own ?? VENDORED;
  const name = own ?? `${VENDORED}, which Pulumi brings along: there is none in the project`;
  if (isAtLeast(version, LEAST_NATIVE))
    return problem(
      `${version}: Pulumi cannot run a program with TypeScript 7, which has no interface for it`,
      INSTALL,
    );
  if (!isNeeded) return ok(own ?? "not needed: no program of TypeScript was found");
  const { module, moduleResolution, ignoreDeprecations } = options;
  if (/^node(16|next)$/i.test(String(module)) && !isAtLeast(version, LEAST_FOR_NODENEXT))
    return problem(`${name}. It does not know module ${module} of tsconfig.json`, INSTALL);
  const isDeprecated = /^node(10)?$/i.test(String(moduleResolution)) && ignoreDeprecations === undefined;
  if (isDeprecated && isAtLeast(version, LEAST_WITHOUT_NODE10))
    return problem(
      `${name}. It refuses moduleResolution ${moduleResolution} of tsconfig.json`,
      'Write `"module": "nodenext"` and `"moduleResolution": "nodenext"` there, as Pulumi\'s template does.',
    );
  if (isAtLeast(version, LEAST_TYPESCRIPT)) return ok(version);
  return warning(`${name}. It is too old to find every mistake in a program`, INSTALL);
}

/** The runtime name in a Pulumi.yaml or Pulumi.json, plain or with options. */
export function runtimeIn(text: string): string | undefined {
  const value =
    /^\s*["']?runtime["']?\s*:[ \t]*(?:\{[^}]*?["']?name["']?\s*:\s*|\r?\n\s+name\s*:\s*)?["']?([\w-]+)/m;
  return value.exec(text)?.[1];
}

/** Whether Pulumi compiles the program: yes, unless the runtime's options turn it off. */
export function usesTypeScript(text: string): boolean {
  return !/["']?typescript["']?\s*:\s*["']?false\b/.test(text);
}
