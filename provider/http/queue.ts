import { esModule } from "./es-module";

export const { default: PQueue } = esModule<typeof import("p-queue")>("p-queue", () => require("p-queue"));
export type PQueue = import("p-queue").default;
