import type { IncomingMessage } from "node:http";
import { CodedError } from "../rules/errors";

/** `Sec-Fetch-Site` of requests that no other site's page made: from our own page, or typed by the user. */
const ownSites: readonly (string | undefined)[] = [undefined, "same-origin", "none"];

/** Names that no name server can point elsewhere. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Refuses web pages of other sites, on every path. The login is published, so only the browser's headers can keep out a
 * page that knows the port: the page's own name in `Host`, where that points to this machine, or its `Origin`. For
 * requests without an `Origin`, such as pictures, `Sec-Fetch-Site` does. Twilio's clients, curl and the like send
 * neither.
 */
export class Door {
  readonly #names: ReadonlySet<string>;

  /** `names` are the simulator's host names besides loopback. */
  constructor(names: readonly string[]) {
    this.#names = new Set(names.map((name) => bracketed(name.toLowerCase())));
  }

  /** Throws where a request is not for this simulator. */
  check(request: IncomingMessage): void {
    const { headers, headersDistinct, socket, url } = request;
    const host = headers.host?.toLowerCase() ?? "";
    // A proxy in between may read the other one.
    if ((headersDistinct["host"]?.length ?? 0) > 1 || url?.startsWith("/") === false)
      throw new CodedError(20403, "the request names its host more than once");
    if (!this.#isOwn(host.replace(/:\d+$/, ""), socket.localAddress))
      throw new CodedError(
        20403,
        "the Host header names neither loopback nor the address that this simulator listens on",
      );
    if (headers.origin !== undefined && headers.origin.toLowerCase() !== `http://${host}`)
      throw new CodedError(20403, "the Origin header is of a web page that is not this simulator's own");
    if (!ownSites.includes(headers["sec-fetch-site"]?.toString()) && !isLink(request))
      throw new CodedError(
        20403,
        "the Sec-Fetch-Site header is of a web page that is not this simulator's own",
      );
  }

  #isOwn(name: string, localAddress = ""): boolean {
    // A server on all addresses sees the address a connection came in on, IPv4 in IPv6 form.
    const arrivedAt = bracketed(localAddress.replace(/^::ffff:(?=\d)/, ""));
    return loopback.test(name) || this.#names.has(name) || (name !== "" && name === arrivedAt);
  }
}

/** Whether a user follows a link to the simulator's page; the other site does not see the page. */
function isLink({ method, url, headers }: IncomingMessage): boolean {
  const { "sec-fetch-mode": mode, "sec-fetch-dest": destination } = headers;
  return method === "GET" && url === "/" && mode === "navigate" && destination === "document";
}

/** An address as URLs write it. */
function bracketed(name: string): string {
  return name.includes(":") && !name.startsWith("[") ? `[${name}]` : name;
}
