import type { Settings } from "../../core/api/settings";
import { NetworkError, RequestError } from "../../http/errors";
import { proxyFor } from "../../http/proxy";
import { isCertificateReason } from "../../http/retry/retry";
import { type Finding, problem } from "./check";

type Asked = Pick<Settings, "origin" | "proxyEnv">;

const RUN_AGAIN = "Run doctor again later; https://status.twilio.com says how Conversations is.";

/** The finding for a failed request, with a hint for this cause. */
export function judgedFailure(error: unknown, asked: Asked): Finding {
  if (!(error instanceof RequestError))
    return problem(error instanceof Error ? error.message : String(error));
  const isProxied = proxyFor(asked.origin, asked.proxyEnv) !== undefined;
  const way = isProxied ? " through the proxy of the environment" : "";
  return problem(`GET ${asked.origin}/v1/Configuration${way} ${error.outcome}`, hintFor(error, isProxied));
}

function hintFor(error: RequestError, isProxied: boolean): string {
  const reason = reasonOf(error);
  if (reason === undefined) return error.hint ?? RUN_AGAIN;
  if (isCertificateReason(reason))
    return /EXPIRED|NOT_YET_VALID/.test(reason)
      ? "Check the machine's clock, and whether a proxy puts an old certificate in between."
      : "Name your company's authority in NODE_EXTRA_CA_CERTS, or check TWILIO_CONVERSATIONS_URL and twilio:baseUrl.";
  if (isProxied)
    return "Check HTTPS_PROXY, and whether the proxy lets this host through; NO_PROXY names hosts that need none.";
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(reason))
    return "Check the machine's DNS, and the names in TWILIO_REGION, TWILIO_EDGE and TWILIO_CONVERSATIONS_URL, or twilio:region, twilio:edge and twilio:baseUrl. Behind a proxy, set HTTPS_PROXY.";
  if (reason === "ECONNREFUSED")
    return "Start the server there (a simulator?), or correct TWILIO_CONVERSATIONS_URL or twilio:baseUrl.";
  return "Check the network and the firewall; behind a proxy, set HTTPS_PROXY.";
}

/** The system's error code of the last failed attempt; a deadline alone tells no cause. */
function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof NetworkError)) return undefined;
  return reasonOf(error.cause) ?? error.reason;
}
