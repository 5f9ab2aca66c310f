import { UsageError } from "../../../simulator";

/** The result of one check. */
export interface Finding {
  /** A warning may be intended; a problem keeps runs from working. */
  readonly status: "ok" | "warning" | "problem";
  readonly found: string;
  /** What to do about it. JSON calls it `cure`. */
  readonly hint?: string;
}

export interface Check {
  readonly name: string;
  readonly find: () => Promise<Finding>;
}

export interface Checked extends Finding {
  readonly name: string;
}

export const ok = (found: string): Finding => ({ status: "ok", found });
export const warning = (found: string, hint: string): Finding => ({ status: "warning", found, hint });
export const problem = (found: string, hint?: string): Finding => ({
  status: "problem",
  found,
  ...(hint !== undefined && { hint }),
});

/** Runs all checks in parallel; one that fails hides no other. Our errors bring their own hint. */
export function checkAll(checks: readonly Check[]): Promise<Checked[]> {
  return Promise.all(
    checks.map(async ({ name, find }) => {
      const finding = await find().catch((error: unknown) => {
        if (error instanceof UsageError) throw error;
        return problem(error instanceof Error ? error.message : String(error));
      });
      return { name, ...finding };
    }),
  );
}

/** Whether no check found a problem. */
export function isWell(checked: readonly Finding[]): boolean {
  return checked.every(({ status }) => status !== "problem");
}
