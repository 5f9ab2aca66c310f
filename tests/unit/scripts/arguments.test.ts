import assert from "node:assert/strict";
import { script } from "./modules";

interface ArgumentsModule {
  takeFolder(args: string[]): { folder: string; rest: string[] };
  wantsStack(args: string[]): boolean;
}

describe("npm run pulumi: arguments", () => {
  let args: ArgumentsModule;
  before(async () => {
    args = await script<ArgumentsModule>("toolchain/arguments.mjs");
  });

  it("runs in the root, or where --cwd says", () => {
    assert.deepEqual(args.takeFolder(["preview", "--diff"]), { folder: ".", rest: ["preview", "--diff"] });
    const there = { folder: "examples/x", rest: ["up", "--yes"] };
    assert.deepEqual(args.takeFolder(["up", "--cwd", "examples/x", "--yes"]), there);
    assert.deepEqual(args.takeFolder(["-C", "examples/x", "up", "--yes"]), there);
    assert.deepEqual(args.takeFolder(["--cwd=examples/x", "up", "--yes"]), there);
  });

  it("makes a stack only for commands that work on one", () => {
    assert.ok(args.wantsStack(["preview", "--diff"]));
    assert.ok(args.wantsStack(["--non-interactive", "up"]));
    assert.ok(!args.wantsStack(["up", "--stack", "prod"]));
    assert.ok(!args.wantsStack(["preview", "--help"]));
    assert.ok(!args.wantsStack(["stack", "init", "prod"]));
    assert.ok(!args.wantsStack(["version"]));
    assert.ok(!args.wantsStack([]));
  });
});
