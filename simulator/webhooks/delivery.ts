import { createHmac, randomUUID } from "node:crypto";
import { BoundedLog, bytesOf } from "../bounded-log";
import type { AccountState } from "../state/account-state";
import type { Target } from "./subscription";

/** One webhook that was sent, or the reason why not. */
export interface Delivery {
  event: string;
  url: string;
  method: "GET" | "POST";
  form: Record<string, string>;
  /** The HTTP status; undefined without an answer. */
  status?: number;
  /** Why no answer counts: a host that is not allowed, a failed connection, an endless body. */
  error?: string;
}

const timeoutMs = 5_000;
/** Far longer than anything a receiver may change in a request. */
const maxReplyBytes = 256 * 1024;

/** Sends webhooks, signed as Twilio signs them, only to allowed hosts. */
export class Courier {
  readonly #allowedHosts: ReadonlySet<string>;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();
  readonly #deliveries = new BoundedLog<Delivery>(
    { entries: 10_000, bytes: 24 * 1024 * 1024 },
    ({ url, form }) => 200 + bytesOf({ url }) + bytesOf(form),
  );

  constructor(allowedHosts: readonly string[] = []) {
    this.#allowedHosts = new Set(allowedHosts.map((host) => host.toLowerCase()));
  }

  /** Webhooks sent or withheld, oldest first. */
  all(): Delivery[] {
    return this.#deliveries.all();
  }

  each(): Iterable<Delivery> {
    return this.#deliveries.each();
  }

  clear(): void {
    this.#deliveries.clear();
  }

  /** Sends one webhook and returns the body of its answer. Never throws. */
  send(account: AccountState, target: Target, event: string, fields: Record<string, string>): Promise<Reply> {
    const form: Record<string, string> = {
      ...fields,
      AccountSid: account.account.accountSid,
      EventType: event,
    };
    const delivery: Delivery = { event, url: target.url, method: target.method, form };
    this.#deliveries.add(delivery);
    const sending = this.#post(account, delivery).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
    return sending;
  }

  /** Logs a webhook that could not be addressed. */
  fail(event: string, error: unknown): void {
    const message = error instanceof Error ? error.message : "failed";
    this.#deliveries.add({ event, url: "", method: "POST", form: {}, error: message });
  }

  /** Waits until nothing is under way. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled([...this.#underWay]);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.settled();
  }

  async #post(account: AccountState, delivery: Delivery): Promise<Reply> {
    const { form, method } = delivery;
    // Not `AbortSignal.any`: Node 22.12 loses its timeout after a garbage collection, and waits forever.
    const ending = new AbortController();
    const end = (): void => ending.abort(this.#closing.signal.reason);
    this.#closing.signal.addEventListener("abort", end);
    const timer = setTimeout(() => ending.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    try {
      if (this.#closing.signal.aborted) end();
      const url = new URL(delivery.url);
      const { hostname } = url;
      if (!isLoopback(hostname) && !this.#allowedHosts.has(hostname.toLowerCase())) {
        delivery.error = `host ${hostname} is not allowed: --allow-webhook-host ${hostname}`;
        return { body: "" };
      }
      if (method === "GET")
        for (const [name, value] of Object.entries(form)) url.searchParams.set(name, value);
      // Sign the URL as the receiver sees it, not as configured.
      url.hash = "";
      const response = await fetch(url, {
        method,
        redirect: "manual",
        signal: ending.signal,
        headers: {
          "User-Agent": "TwilioProxy/1.1",
          "I-Twilio-Idempotency-Token": randomUUID(),
          "X-Twilio-Signature": signature(account.account.authToken, url.href, method === "GET" ? {} : form),
        },
        ...(method === "POST" ? { body: new URLSearchParams(form) } : {}),
      });
      delivery.status = response.status;
      const body = await textOf(response);
      if (body === undefined) delivery.error = `the answer is longer than ${maxReplyBytes} bytes`;
      return { status: response.status, body: body ?? "" };
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : undefined;
      delivery.error = cause instanceof Error ? cause.message : "failed";
      return { body: "" };
    } finally {
      clearTimeout(timer);
      this.#closing.signal.removeEventListener("abort", end);
    }
  }
}

export interface Reply {
  status?: number;
  body: string;
}

/** The body of an answer; undefined if too long, without waiting for the rest. */
async function textOf({ body }: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > maxReplyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Twilio's webhook signature: the URL with the sorted form fields, signed with the account's token. */
export function signature(authToken: string, url: string, form: Readonly<Record<string, string>>): string {
  const fields = Object.keys(form)
    .sort()
    .map((name) => name + form[name]);
  return createHmac("sha1", authToken)
    .update([url, ...fields].join(""))
    .digest("base64");
}
