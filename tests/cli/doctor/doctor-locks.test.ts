import { deepEqual, doesNotMatch, match } from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sightFrom } from "../../../provider/cli/recover/sight";
import { BackendFolder, GONE, lockText } from "../../unit/cli/recover/folder";
import { state, stateText } from "../../unit/cli/recover/states";
import { FakePulumi } from "../fake-pulumi";
import { recover } from "../recover/killed-stack";
import { checkOf, doctor, reportOf } from "./doctor-report";

const PENDING = [{ type: "creating" }];
const FAR = lockText({ hostname: "elsewhere" });
const PERHAPS = /whether a run is under way, or was killed, cannot be seen from here:/;
const LEFT = /is as a killed run left it:/;
const isProof = sightFrom(tmpdir()).isWhole;

interface Case {
  readonly what: string;
  readonly status: "ok" | "warning" | "problem";
  readonly found: RegExp;
  readonly cure: RegExp;
}

/** What `doctor` says, and whether `recover --yes` mends it: both must follow from one judgement. */
interface FolderCase extends Case {
  readonly lock?: string;
  readonly state?: string | Buffer;
  readonly isMended: boolean;
}

const FOLDERS: FolderCase[] = [
  {
    what: "a lock of a process that is gone",
    lock: lockText({ pid: GONE }),
    // In a container nobody is.
    status: isProof ? "problem" : "warning",
    found: isProof ? LEFT : PERHAPS,
    cure: /recover --stack dev/,
    isMended: isProof,
  },
  {
    what: "a lock of a process that is alive",
    lock: lockText(),
    status: "warning",
    found: /a run is under way/,
    cure: /Wait until it ends/,
    isMended: false,
  },
  {
    what: "a lock of another host",
    lock: FAR,
    status: "warning",
    found: PERHAPS,
    cure: /Wait until that run ends\. Where you are sure.*recover --stack dev/,
    isMended: false,
  },
  {
    what: "a lock of a form that is not known",
    lock: '{"owner":"ann"}',
    status: "warning",
    found: PERHAPS,
    cure: /recover --stack dev/,
    isMended: false,
  },
  {
    what: "a lock of another host and a state that was cut",
    lock: FAR,
    state: "{",
    status: "problem",
    found: PERHAPS,
    cure: /recover --stack dev/,
    isMended: false,
  },
  {
    what: "pending operations without a lock",
    status: "problem",
    found: LEFT,
    cure: /Run `npx pulumi-twilio-conversations recover --stack dev`, then/,
    isMended: true,
  },
];

describe("pulumi-twilio-conversations doctor, on a stack that may be in use", () => {
  let folder: BackendFolder;
  beforeEach(() => {
    folder = new BackendFolder();
    folder.put(folder.place.meta, "version: 1\n");
    folder.put(join(folder.root, "Pulumi.yaml"), "name: desk\nruntime: nodejs\n");
    folder.put(`${folder.state}.bak`, stateText());
  });
  afterEach(() => folder.remove());

  for (const { what, lock, state: bytes = state({ pending: PENDING }), isMended, ...said } of FOLDERS)
    it(`says of ${what} what recover says`, async () => {
      folder.put(folder.state, bytes);
      if (lock !== undefined) folder.put(join(folder.place.locks, "run.json"), lock);
      const args = ["--stack", "dev", "--cwd", folder.root];
      const environment = { PULUMI_BACKEND_URL: `file://${folder.root}` };
      const { report } = reportOf(await doctor([...args, "--json"], environment));
      expectSaid(checkOf(report, "stack"), said);
      const { code, stdout } = await recover([...args, "--yes"], environment);
      deepEqual(code, isMended ? 0 : 1, stdout);
    });

  const exported = (pending: boolean) => {
    const pending_operations = pending
      ? JSON.parse(stateText({ pending: PENDING })).checkpoint.latest.pending_operations
      : [];
    return JSON.stringify({ version: 3, deployment: { resources: [], pending_operations } });
  };
  const elsewhere: (Case & { url: string; isPending: boolean; isBusy?: boolean })[] = [
    {
      what: "pending operations in a bucket",
      url: "s3://states",
      isPending: true,
      status: "warning",
      found: PERHAPS,
      cure: /recover --stack dev/,
    },
    {
      what: "nothing pending in a bucket",
      url: "s3://states",
      isPending: false,
      status: "ok",
      found: /a lock cannot be seen there, nothing pending/,
      cure: /^$/,
    },
    {
      what: "an update that Pulumi Cloud holds for running",
      url: "https://api.pulumi.com",
      isPending: false,
      isBusy: true,
      status: "warning",
      found: PERHAPS,
      cure: /recover --stack dev/,
    },
    {
      what: "pending operations in Pulumi Cloud, where nobody works",
      url: "https://api.pulumi.com",
      isPending: true,
      status: "problem",
      found: LEFT,
      cure: /recover --stack dev/,
    },
  ];
  for (const { what, url, isPending, isBusy = false, ...said } of elsewhere)
    it(`says of ${what} what recover says`, async () => {
      const pulumi = new FakePulumi({
        whoami: { stdout: JSON.stringify({ user: "ann", url }) },
        "stack export": { stdout: exported(isPending) },
        "stack ls": { stdout: JSON.stringify([{ name: "dev", updateInProgress: isBusy }]) },
      });
      const args = ["--stack", "dev", "--cwd", pulumi.folder, "--json"];
      const { report } = reportOf(await doctor(args, pulumi.environment));
      pulumi.remove();
      expectSaid(checkOf(report, "stack"), said);
    });
});

function expectSaid(check: ReturnType<typeof checkOf>, { status, found, cure }: Omit<Case, "what">): void {
  deepEqual(check.status, status, check.found);
  match(check.found, found);
  match(check.cure ?? "", cure);
  if (status !== "problem" || found !== LEFT) doesNotMatch(check.found, LEFT);
}
