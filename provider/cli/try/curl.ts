import { printable } from "../../http/redaction/printable";
import { webhookHeader } from "../../http/request";
import { quoted, separated } from "../terminal/text";
import type { Call } from "./call";
import { withQuery } from "./shown-request";

/**
 * The request as a line for a POSIX shell. The login is variables of it; whatever else is a secret curl reads from a
 * file, since its arguments can be seen by every user of the machine (it blanks those of `--user` alone).
 */
export function curlLine(call: Call, origin: string): string {
  const { request, secrets, secretFiles } = call;
  const { method, form = [] } = request;
  const parts = [
    `curl --request ${method} ${quoted(withQuery(origin, request))}`,
    '--user "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"',
    ...Object.entries(webhookHeader(request)).map(
      ([name, value]) => `--header ${quoted(`${name}: ${value}`)}`,
    ),
    ...form.map(([name, value]) =>
      secrets.includes(name)
        ? `--data-urlencode ${secretFrom(name, secretFiles[name])}`
        : printable(value) === value
          ? `--data-urlencode ${quoted(`${name}=${value}`)}`
          : // Encoded already, so that the line shows what it sends and sends what it shows.
            `--data ${quoted(String(new URLSearchParams([[name, value]])))}`,
    ),
  ];
  return parts.join(" \\\n  ");
}

/** A file that the command was not told is a variable. */
function secretFrom(parameter: string, file: string | undefined): string {
  return file === undefined
    ? `"${parameter}@$${variableFor(parameter)}_FILE"`
    : quoted(`${parameter}@${file}`);
}

/** `PrivateKey` → `PRIVATE_KEY` */
function variableFor(parameter: string): string {
  return separated(parameter, "_").replaceAll(".", "_").toUpperCase();
}
