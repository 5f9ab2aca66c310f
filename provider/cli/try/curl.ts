import { printable } from "../../http/redaction/printable";
import { webhookHeader } from "../../http/request";
import { quoted, separated } from "../terminal/text";
import type { Call } from "./call";
import { withQuery } from "./shown-request";

/**
 * The request as a command line for a POSIX shell. The login comes from shell variables. Curl reads other secrets from
 * files, since every user of the machine can see its arguments (it blanks only those of `--user`).
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

/** Without a known file, a shell variable names it. */
function secretFrom(parameter: string, file: string | undefined): string {
  return file === undefined
    ? `"${parameter}@$${variableFor(parameter)}_FILE"`
    : quoted(`${parameter}@${file}`);
}

/** `PrivateKey` → `PRIVATE_KEY` */
function variableFor(parameter: string): string {
  return separated(parameter, "_").replaceAll(".", "_").toUpperCase();
}
