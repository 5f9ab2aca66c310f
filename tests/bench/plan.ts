import type { Options } from "./options";
import { grouped } from "./requests";
import {
  IDLE_KINDS,
  isTooLarge,
  MEMBERS_OF_A_CONVERSATION,
  type Operation,
  type Setting,
  type StackKind,
  TWILIO_WRITES_PER_SECOND,
} from "./setting";

/** A stack to be measured, and what is measured of its life. */
export interface Life {
  readonly setting: Setting;
  readonly operations: readonly Operation[];
}

export interface Plan {
  /** In the order in which they are measured; of one setting there can be several. */
  readonly lives: readonly Life[];
  /** What is left out, and why. */
  readonly notes: readonly string[];
}

/** The size at which settings are compared that are not worth a whole row of sizes. */
const COMPARED_MEMBERS = 500;
/** Everything is told as a multiple of the empty program, so that is measured more than once. */
const EMPTY_TIMES = 3;
/** What the engine's own share in is worth knowing. */
const IDLE_OPERATIONS: Readonly<Record<StackKind, readonly Operation[]>> = {
  roster: ["up", "refresh-preview"],
  participants: ["up"],
};
const WRITES: readonly Operation[] = ["up", "update", "destroy"];

/**
 * Smaller stacks come first, so that a run that is ended early has shown most. What is repeated is repeated as a whole,
 * so that a minute in which the machine is busy does not fall on one setting alone.
 */
export function planOf(options: Options): Plan {
  const { latenciesMs, kinds, operations, repeat } = options;
  const sizes = [...options.members].sort((one, other) => one - other);
  const settings = sizes.flatMap((members) =>
    latenciesMs.flatMap((latencyMs) => kinds.map((kind) => settingOf({ kind, members, latencyMs }))),
  );
  const isLeftOut = (setting: Setting) => isTooLarge(setting) && !options.large;
  const empty = settingOf({ kind: "empty", members: 0 });
  const round = [
    ...settings
      .filter((setting) => !isLeftOut(setting))
      .map((setting) => ({ setting: sensible(setting), operations })),
    ...comparisons(options, sizes),
  ];
  return {
    lives: [
      ...times(Math.max(repeat, EMPTY_TIMES), [{ setting: empty, operations }]),
      ...times(repeat, round),
    ],
    notes: [
      ...(settings.some(isLeftOut) ? [LEFT_OUT] : []),
      ...(settings.some(isTooLarge) && options.large ? [LARGE] : []),
    ],
  };
}

const LEFT_OUT =
  `A Participant each is measured up to ${grouped(MEMBERS_OF_A_CONVERSATION)} members: the engine writes the whole ` +
  "state at every step, so the bytes that it writes grow with the square of the members. `--large` measures more, " +
  "with the state written once at the end.";
const LARGE =
  `A Participant each beyond ${grouped(MEMBERS_OF_A_CONVERSATION)} members is measured with PULUMI_SKIP_CHECKPOINTS: ` +
  "the engine would write the whole state at every step otherwise.";

function sensible(setting: Setting): Setting {
  return isTooLarge(setting) ? { ...setting, checkpoints: false } : setting;
}

function settingOf(part: Pick<Setting, "kind" | "members"> & Partial<Setting>): Setting {
  return { latencyMs: 0, writesPerSecond: 0, checkpoints: true, ...part };
}

/** The same program with a provider that does nothing; without checkpoints; under Twilio's limit of writes. */
function comparisons(options: Options, sizes: readonly number[]): Life[] {
  const members = comparedMembers(sizes);
  if (members === undefined) return [];
  const slowestMs = Math.max(...options.latenciesMs);
  const fastestMs = Math.min(...options.latenciesMs);
  const among = (...wanted: Operation[]) => wanted.filter((one) => options.operations.includes(one));
  const writes = among(...WRITES);
  const lives = [
    ...options.kinds.map((kind) => ({
      setting: settingOf({ kind: IDLE_KINDS[kind], members }),
      operations: among(...IDLE_OPERATIONS[kind]),
    })),
    ...options.kinds.map((kind) => ({
      setting: settingOf({ kind, members, latencyMs: fastestMs, checkpoints: false }),
      operations: writes,
    })),
    ...(options.kinds.includes("roster")
      ? [
          {
            setting: settingOf({
              ...{ kind: "roster", members, latencyMs: slowestMs },
              writesPerSecond: TWILIO_WRITES_PER_SECOND,
            }),
            operations: among("up", "update"),
          },
        ]
      : []),
  ];
  return lives.filter((life) => life.operations.length > 0);
}

function times(count: number, round: readonly Life[]): Life[] {
  return Array.from({ length: count }, () => round).flat();
}

/** 500 where that is among them, else the most below it. */
export function comparedMembers(sizes: readonly number[]): number | undefined {
  const small = sizes.filter((size) => size <= COMPARED_MEMBERS);
  return small.length === 0 ? undefined : Math.max(...small);
}
