import type { IncomingMessage } from "node:http";
import { CodedError } from "../rules/errors";

/** What a browser says of a request that no page of another site has made: its own page's, or typed by its user. */
const ownSites: readonly (string | undefined)[] = [undefined, "same-origin", "none"];

/** Names that no name server can point elsewhere. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Who may ask at all, whatever the path. The login is published, so what keeps a web page out that knows the port is
 * what its browser says of it: the page's own name in `Host`, where that points to this machine, or its `Origin`; and
 * of what needs no `Origin`, such as a picture, `Sec-Fetch-Site`. Twilio's clients, curl and the like send neither.
 */
export class Door {
  readonly #names: ReadonlySet<string>;

  /** `names` are the hosts besides loopback under which the simulator is reached. */
  constructor(names: readonly string[]) {
    this.#names = new Set(names.map((name) => bracketed(name.toLowerCase())));
  }

  /** Throws where a request is not for this simulator. */
  check(request: IncomingMessage): void {
    const { headers, headersDistinct, socket, url } = request;
    const host = headers.host?.toLowerCase() ?? "";
    // Whatever stands between the client and here may go by the other one.
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
    // A server on all addresses tells where a connection came in, IPv4 in the form of IPv6.
    const arrivedAt = bracketed(localAddress.replace(/^::ffff:(?=\d)/, ""));
    return loopback.test(name) || this.#names.has(name) || (name !== "" && name === arrivedAt);
  }
}

/** Whether somebody follows a link to the simulator's page, which then sees the page and the other site does not. */
function isLink({ method, url, headers }: IncomingMessage): boolean {
  const { "sec-fetch-mode": mode, "sec-fetch-dest": destination } = headers;
  return method === "GET" && url === "/" && mode === "navigate" && destination === "document";
}

/** As a URL writes an address. */
function bracketed(name: string): string {
  return name.includes(":") && !name.startsWith("[") ? `[${name}]` : name;
}
