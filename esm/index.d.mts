export * from "../dist/provider/index.js";
