import { webhookHeader } from "../../http/request";
import { separated } from "../terminal/text";
import type { Call } from "./call";
import { withQuery } from "./shown-request";

const FORM = "application/x-www-form-urlencoded";

/**
 * The request as an HTTP task of a Conductor workflow. Conductor computes no Basic login, so the login is a workflow
 * input: `TWILIO_ACCOUNT_SID:TWILIO_AUTH_TOKEN` in base64. The body is percent-encoded text, so Conductor sends it
 * unchanged and sees no `${…}` in it.
 */
export function httpTask(call: Call, origin: string): object {
  const { definition, verb, request, secrets } = call;
  const { method, form } = request;
  const name = `${verb}_${separated(definition.type, "_").toLowerCase()}`;
  return {
    name,
    taskReferenceName: `${name}_ref`,
    type: "HTTP",
    inputParameters: {
      http_request: {
        uri: withQuery(origin, request),
        method,
        headers: {
          Authorization: "Basic ${workflow.input.twilioBasicAuth}",
          ...webhookHeader(request),
        },
        accept: "application/json",
        ...(form !== undefined && { contentType: FORM, body: bodyOf(form, secrets) }),
      },
    },
  };
}

function bodyOf(form: readonly (readonly [string, string])[], secrets: readonly string[]): string {
  return form
    .map(([name, value]) =>
      secrets.includes(name)
        ? `${name}=\${workflow.input.${inputFor(name)}}`
        : String(new URLSearchParams([[name, value]])),
    )
    .join("&");
}

/** The input is part of the body, so it must be percent-encoded. */
function inputFor(parameter: string): string {
  return `${parameter.charAt(0).toLowerCase()}${parameter.slice(1)}UrlEncoded`;
}
