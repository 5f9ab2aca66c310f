import { requestUrl } from "../../http/path";
import { type ApiRequest, webhookHeader } from "../../http/request";
import { type Outcome, shownForm } from "./api-call";
import type { Call } from "./call";

/** Where the answer came from. */
export type Target = "simulator" | "live";

export function withQuery(origin: string, request: ApiRequest): string {
  return requestUrl(origin, request).href;
}

/** The request as JSON, without secrets. */
export function requestJson(call: Call, origin: string): object {
  const { method, form } = call.request;
  return {
    method,
    url: withQuery(origin, call.request),
    headers: {
      ...webhookHeader(call.request),
      ...(form !== undefined && { "Content-Type": "application/x-www-form-urlencoded" }),
    },
    ...(form !== undefined && { form: shownForm(call).map(([name, value]) => ({ name, value })) }),
  };
}

const SOME_ORIGIN = "http://127.0.0.1";

/** The request for people; only its path where the simulator has not started yet. */
export function requestText(call: Call, origin?: string): string {
  const url = requestUrl(origin ?? SOME_ORIGIN, call.request);
  const lines = [
    `${call.request.method} ${origin === undefined ? `${url.pathname}${url.search}` : url.href}`,
    ...Object.entries(webhookHeader(call.request)).map(([name, value]) => `  ${name}: ${value}`),
    ...shownForm(call).map(([name, value]) => `  ${name}=${value}`),
  ];
  return lines.join("\n");
}

export function outcomeText({ status, requestId, answer, failure }: Outcome, target: Target): string {
  const where = target === "live" ? "Twilio" : "a simulator started for this";
  const id = requestId === undefined ? "" : ` (request id ${requestId})`;
  const head = status === undefined ? `no answer from ${where}` : `${status} from ${where}${id}`;
  const body = failure?.message ?? (answer === undefined ? "" : JSON.stringify(answer, null, 2));
  return body === "" ? head : `${head}\n${body}`;
}

export function outcomeJson(call: Call, origin: string, target: Target, outcome: Outcome): object {
  const { status = null, requestId = null, answer, failure } = outcome;
  return {
    target,
    request: requestJson(call, origin),
    status,
    requestId,
    ...(failure === undefined ? { answer: answer ?? null } : { error: failure }),
  };
}
