export * from "../dist/simulator/index.js";
