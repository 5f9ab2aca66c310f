import { esModule } from "./es-module";

export const { default: fetch, FetchError } = esModule<typeof import("node-fetch")>("node-fetch", () =>
  require("node-fetch"),
);

export const { default: PQueue } = esModule<typeof import("p-queue")>("p-queue", () => require("p-queue"));
export type PQueue = import("p-queue").default;
