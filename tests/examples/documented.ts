import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./temporary-stack";

/** A block of code on a page: a file, which the line above names, or commands. */
export interface Block {
  readonly language: string;
  readonly file: string | undefined;
  readonly text: string;
}

/** The blocks of a page of the docs, in their order. */
export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(repository, "docs", page), "utf8");
  return [...text.matchAll(/(?:^`(?<file>[^`]+)`:\n\n)?^```(?<language>\w+)\n(?<text>.*?)^```$/gms)].map(
    ({ groups = {} }) => ({
      language: groups["language"] ?? "",
      file: groups["file"],
      text: groups["text"] ?? "",
    }),
  );
}
