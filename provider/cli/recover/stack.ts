import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../../simulator";
import { findBackend } from "../pulumi/backend";
import { chosenStack, findProject, type Project } from "../pulumi/project";
import { runPulumi } from "../pulumi/pulumi";
import { StackElsewhere } from "./elsewhere";
import { findingsAt } from "./findings";
import { mend } from "./mending";
import { hasProjects, type Place, placeOf, stackNameIn } from "./place";
import { isAbsent, readPlain } from "./plain-file";
import { type Plan, planOf } from "./plan";
import type { Diagnosis, StepKind, Subject } from "./report";

/** A stack that `recover` can diagnose and mend, in any backend. */
export interface Patient {
  readonly subject: Subject;
  diagnose(): Promise<Diagnosis>;
  /** Returns further details for the user. */
  mend(agreed: ReadonlySet<StepKind>): Promise<string[]>;
}

/** `stack` is a name in any form that Pulumi takes; without one, the selected stack. */
export async function findStack(cwd: string, stack: string | undefined): Promise<Patient> {
  const project = findProject(cwd);
  const name = chosenStack(cwd, stack);
  const { url, folder } = await findBackend(cwd);
  if (folder === undefined) {
    const elsewhere = new StackElsewhere(name, url, (args, input) => runPulumi(args, { cwd, input }));
    return {
      subject: { stack: name, backend: url },
      diagnose: () => elsewhere.diagnose(),
      mend: (agreed) => elsewhere.mend(agreed),
    };
  }
  const place = placeIn(folder, name, project);
  let plan: Plan | undefined;
  return {
    subject: { stack: name, backend: url },
    diagnose: async () => {
      plan = planOf(findingsAt(place), Date.now());
      return plan;
    },
    mend: async (agreed) => (plan === undefined ? [] : mend(place, plan, agreed, Date.now())),
  };
}

export function placeIn(folder: string, text: string, project: Project | undefined): Place {
  const name = stackNameIn(text);
  if (name === undefined) throw new UsageError(`--stack: ${text} is not the name of a stack.`);
  const isNew = isWithProjects(join(folder, ".pulumi", "meta.yaml"));
  if (isNew && (name.project ?? project) === undefined)
    throw new Error(
      `there is no Pulumi.yaml here or above: name the stack in full (--stack organization/PROJECT/${text}), or say where the project is with --cwd.`,
    );
  const place = placeOf(folder, {
    name: name.name,
    project: isNew ? (name.project ?? project?.name) : undefined,
  });
  const { state, locks } = findingsAt(place);
  // A kill while the format changes can leave a stack without its file; then a lock remains.
  if (state === undefined && locks.length === 0)
    throw new Error(`there is no stack ${text} in ${place.states}.${othersIn(place.states)}`);
  return place;
}

function isWithProjects(meta: string): boolean {
  const isNew = hasProjects(isAbsent(meta) ? undefined : readPlain(meta).toString("utf8"));
  if (isNew !== undefined) return isNew;
  throw new Error(
    `${meta} has no version that is known here, so where the stacks are is not known either. Pulumi writes \`version: 1\` into it, where .pulumi/stacks has a folder for each project: put that in it if it is empty or cut, and run this again.`,
  );
}

function othersIn(states: string): string {
  const names = existsSync(states)
    ? readdirSync(states).flatMap((file) => /^([\w.-]+?)\.json(?:\.gz|\.zst)?$/.exec(file)?.[1] ?? [])
    : [];
  return names.length === 0 ? "" : ` There is ${names.join(", ")}.`;
}
