import type { Call } from "./call";
import { withQuery } from "./shown-request";

/** The request as a line for a POSIX shell; the login and whatever is a secret are variables of it. */
export function curlLine(call: Call, origin: string): string {
  const { request, secrets } = call;
  const { method, webhookEnabled, form = [] } = request;
  const parts = [
    `curl --request ${method} ${quoted(withQuery(origin, request))}`,
    '--user "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"',
    ...(webhookEnabled === undefined
      ? []
      : [`--header ${quoted(`X-Twilio-Webhook-Enabled: ${webhookEnabled}`)}`]),
    ...form.map(([name, value]) =>
      secrets.includes(name)
        ? `--data-urlencode "${name}=$${variableFor(name)}"`
        : `--data-urlencode ${quoted(`${name}=${value}`)}`,
    ),
  ];
  return parts.join(" \\\n  ");
}

/** Nothing is special to a shell within single quotes but the quote itself. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** `PrivateKey` → `PRIVATE_KEY` */
export function variableFor(parameter: string): string {
  return parameter.replaceAll(/(?<=[a-z])(?=[A-Z])|\./g, "_").toUpperCase();
}
