import * as pulumi from "@pulumi/pulumi";
import ts from "typescript";
import * as ours from "../../../provider";
import { isObject, type Json, type JsonObject } from "../../../provider/core/json";

/** What a program registers. */
export interface Registration {
  /** Without what all types begin with: `Role`. */
  readonly type: string;
  readonly name: string;
  readonly inputs: JsonObject;
}

/** Who answers for the engine: what a registration comes to have, and what a look-up finds. */
export interface Engine {
  register(registration: Registration): Promise<{ id: string; state: JsonObject }>;
  lookUp(name: string, args: JsonObject): Promise<Json>;
}

const PROJECT = "project";

/** Runs a program in this process, under Pulumi's mocks: an engine takes seconds for what takes milliseconds here. */
export async function runProgram(text: string, config: readonly string[], engine: Engine): Promise<void> {
  const failures: unknown[] = [];
  const noting = async <Result>(work: Promise<Result>, instead: Result): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      failures.push(error);
      return instead;
    }
  };
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) =>
        noting(
          engine.register({
            type: type.slice(type.lastIndexOf(":") + 1),
            name,
            inputs: withoutSecrecy(inputs) as JsonObject,
          }),
          { id: "none", state: inputs },
        ),
      call: ({ token, inputs }) =>
        noting<Json>(
          engine.lookUp(token.slice(token.lastIndexOf(":") + 1), inputs as JsonObject),
          {},
        ) as never,
    },
    PROJECT,
    "stack",
    false,
  );
  pulumi.runtime.setAllConfig(Object.fromEntries(config.map((key) => [`${PROJECT}:${key}`, "hidden"])));
  evaluate(text);
  await pulumi.runtime.disconnect();
  if (failures.length > 0) throw new Error(failures.map(String).join("\n"));
}

function evaluate(text: string): void {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const found = (name: string): unknown => {
    if (name === "@pulumi/pulumi") return pulumi;
    if (name === "pulumi-twilio-conversations") return ours;
    throw new Error(`the program imports ${name}`);
  };
  const own = { exports: {} };
  new Function("exports", "require", "module", outputText)(own.exports, found, own);
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** As a file for `pulumi import` marks a secret, or the engine's wire. */
export function withoutSecrecy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrecy);
  if (!isObject(value)) return value;
  if (SIGNATURE in value)
    return typeof value["plaintext"] === "string"
      ? JSON.parse(value["plaintext"])
      : withoutSecrecy(value["value"]);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrecy(item)]));
}
