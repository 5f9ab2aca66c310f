import { RequestError, TwilioError } from "./errors";
import { shownPath } from "./redaction/redaction";
import { type ApiRequest, isWellFormed } from "./request";

const EMPTY_SEGMENT = /\/(\/|$)/;

/** Percent-encodes a name as one path segment. */
export function pathSegment(name: string): string {
  if (isWellFormed(name)) return encodeURIComponent(name);
  throw new TwilioError(
    "A SID, name or identity holds half of a character (a lone surrogate), which no path can hold. Nothing was sent.",
  );
}

/**
 * The URL of a request at this origin. Refuses a path that a URL parser would rewrite (`..` as an identity, an
 * unencoded `?`), because it would reach another route.
 */
export function requestUrl(origin: string, { attempting, path, query }: ApiRequest): URL {
  const url = new URL(origin);
  url.pathname = path;
  if (!path.startsWith("/v1/") || url.pathname !== path || EMPTY_SEGMENT.test(path)) {
    throw new RequestError(
      `${attempting}: ${shownPath(path)}`,
      "is not a path of the API",
      "A SID, unique name or identity cannot be `.` or `..`, and no part of a path can be empty.",
    );
  }
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, String(value));
  return url;
}

/** A path under the API version, each segment percent-encoded. */
export function pathOf(segments: readonly string[]): string {
  return `/v1/${segments.map(pathSegment).join("/")}`;
}

/** Whether a name can be a path segment: URL parsers resolve "." and ".." in any spelling (WHATWG URL, 4.4). */
export function isPathSegment(name: string): boolean {
  return name !== "" && name !== "." && name !== "..";
}
