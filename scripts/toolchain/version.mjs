/** The release that set-up downloads or builds; `cli/go.mod` and package.json name the same one. */
export const PULUMI_VERSION = "3.255.0";

/** Which build of that release is in the cache: one more where the one before will not do. */
export const TOOLCHAIN_BUILD = 2;

/** Older engines ignore the inputs that a refresh returns, and then show no drift. */
export const OLDEST_PULUMI = "3.216.0";

/** The first Node 22 that can `require` an ES module; some dependencies are nothing else. */
export const OLDEST_NODE = "22.12.0";

/** `1.2.3` or `v1.2.3-suffix` as numbers; undefined when it is no version. */
export function parseVersion(text) {
  const match = /^\s*(?:v|go)?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/** Negative, zero or positive, as a sort wants it. */
export function compareVersions(a, b) {
  const left = parseVersion(a);
  const right = parseVersion(b);
  for (let i = 0; i < 3; i++) {
    if (left[i] !== right[i]) return left[i] - right[i];
  }
  return 0;
}

/** Whether this project works with that Pulumi. Another major version is another program. */
export function isUsablePulumi(text) {
  const version = parseVersion(text);
  return version !== undefined && version[0] === 3 && compareVersions(text, OLDEST_PULUMI) >= 0;
}

/** The newest usable one, undefined when there is none. */
export function newestUsablePulumi(texts) {
  return texts.filter(isUsablePulumi).sort(compareVersions).at(-1);
}
