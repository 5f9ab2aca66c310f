import { NetworkError } from "./errors";
import { FetchError } from "./fetch";
import type { ApiRequest } from "./request";
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

export const NETWORK_CURE =
  "Check the network, the proxy (HTTPS_PROXY, NO_PROXY), and twilio:region, twilio:edge or twilio:baseUrl.";

/**
 * The error for a request that got no answer. What the HTTP client says is not kept: its text holds the whole URL.
 */
export function networkFailure(
  request: ApiRequest,
  error: unknown,
  { host, isConnected }: { readonly host: string; readonly isConnected: boolean },
): NetworkError {
  const reason = systemReason(error);
  return new NetworkError(request, {
    sent: isConnected && !isUnsentReason(reason, systemCall(error)),
    reason,
    outcome: `${OUTCOMES[reason] ?? "got no answer"} (${reason}, ${host})`,
    cure: isCertificateReason(reason)
      ? "The certificate is not trusted: name your company's authority in NODE_EXTRA_CA_CERTS, or check twilio:baseUrl."
      : NETWORK_CURE,
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
