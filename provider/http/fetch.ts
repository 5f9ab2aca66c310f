import { esModule } from "./es-module";

export const { default: fetch, FetchError } = esModule<typeof import("node-fetch")>("node-fetch", () =>
  require("node-fetch"),
);
