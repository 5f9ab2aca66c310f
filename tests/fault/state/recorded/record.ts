// npm run record-state: what this version leaves in the state files of its users, for every later version to keep.
import { VERSION } from "../../../../provider/version";
import { recordState } from "./recorded";

recordState(VERSION).then(
  (file) => console.log(`recorded ${file}`),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
