import { equal, match } from "node:assert/strict";
import { nodeProblem } from "../../provider/plugin/node-version";

describe("the provider's Node", () => {
  it("is refused where it cannot require ES modules, with what to do", () =>
    match(
      nodeProblem("v20.11.0", {}) ?? "",
      /needs Node 22\.12 or newer, this is v20\.11\.0\..*first on PATH/,
    ));
  it("is taken where it can", () => equal(nodeProblem("v22.12.0", { require_module: true }), undefined));
});
