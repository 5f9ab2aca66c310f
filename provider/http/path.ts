import { RequestError, TwilioError } from "./errors";
import { shownPath } from "./redaction/redaction";
import { type ApiRequest, isWellFormed } from "./request";

const EMPTY_SEGMENT = /\/(\/|$)/;

/** A name as one segment of a path. */
export function pathSegment(name: string): string {
  if (isWellFormed(name)) return encodeURIComponent(name);
  throw new TwilioError(
    "A SID, name or identity holds half of a character (a lone surrogate), which no path can say. Nothing was sent.",
  );
}

/**
 * The URL of a request at this origin. Refuses a path that a URL parser would rewrite (`..` as an identity, a `?`
 * that was not encoded), because it would reach another route than the one meant.
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

/** A path below the API version, each segment percent-encoded. */
export function pathOf(segments: readonly string[]): string {
  return `/v1/${segments.map(pathSegment).join("/")}`;
}

/** Whether a name can stand in a path: "." and ".." leave the route in any spelling (WHATWG URL, 4.4). */
export function isPathSegment(name: string): boolean {
  return name !== "" && name !== "." && name !== "..";
}
