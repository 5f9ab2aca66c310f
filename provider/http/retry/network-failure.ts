import { NetworkError } from "../errors";
import { FetchError } from "../es-packages";
import { addressOf } from "../hints";
import { isLoopback } from "../proxy";
import type { ApiRequest } from "../request";
import { isCertificateReason, isUnsentReason } from "./retry";

const OUTCOMES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "was refused a connection",
  ENOTFOUND: "found no such host",
  EAI_AGAIN: "could not look the host up",
  EPROTO: "found no TLS at the other end",
  ECONNRESET: "lost the connection before an answer came",
  EPIPE: "lost the connection before an answer came",
  ERR_STREAM_PREMATURE_CLOSE: "lost the connection before an answer came",
};

const NOT_SET = "twilio:region, twilio:edge or twilio:baseUrl";

/** Hint for an address that cannot be reached; somebody set it, or it follows from the region. */
export function networkCure({ addressName }: ApiRequest, { hostname, port }: URL): string {
  if (addressName === undefined || !isLoopback(hostname))
    return `Check the network, the proxy (HTTPS_PROXY, NO_PROXY), and ${addressName ?? NOT_SET}.`;
  return (
    `If this is meant to be the simulator, start the simulator there (\`npx pulumi-twilio-conversations simulator --port ` +
    `${port || 80}\`), or else set ${addressName} to its address.`
  );
}

/** The error for a request without a response. Drops the HTTP client's text, which holds the whole URL. */
export function networkFailure(
  request: ApiRequest,
  error: unknown,
  { url, isConnected }: { readonly url: URL; readonly isConnected: boolean },
): NetworkError {
  const reason = systemReason(error);
  return new NetworkError(request, {
    sent: isConnected && !isUnsentReason(reason, systemCall(error)),
    reason,
    outcome: `${OUTCOMES[reason] ?? "got no answer"} (${reason}, ${url.host})`,
    hint: isCertificateReason(reason)
      ? `The certificate is not trusted: name your company's authority in NODE_EXTRA_CA_CERTS, or check ${addressOf(request)}.`
      : networkCure(request, url),
  });
}

function systemReason(error: unknown): string {
  if (error instanceof FetchError) return error.code ?? error.type;
  return error instanceof Error ? error.name : "unknown";
}

function systemCall(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("erroredSysCall" in error)) return undefined;
  return typeof error.erroredSysCall === "string" ? error.erroredSysCall : undefined;
}
