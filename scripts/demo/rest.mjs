import { readSettings } from "../../dist/provider/core/api/settings.js";

/**
 * Plain requests to Conversations, as somebody makes them who does not use Pulumi. The account is the
 * one in the environment, or the simulator that poses as one.
 */
export function rest(env) {
  const base = readSettings(env, () => undefined).origin;
  const user = env.TWILIO_API_KEY ?? env.TWILIO_ACCOUNT_SID;
  const secret = env.TWILIO_API_KEY ? env.TWILIO_API_SECRET : env.TWILIO_AUTH_TOKEN;
  const authorization = `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}`;

  async function send(method, path, form) {
    const body = form && new URLSearchParams(form);
    const answer = await fetch(`${base}/v1/${path}`, { method, headers: { authorization }, body });
    if (method === "GET" && answer.status === 404) return undefined;
    if (!answer.ok)
      throw new Error(`${method} /v1/${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }
  return {
    /** Undefined when it does not exist. */
    get: (path) => send("GET", path),
    post: (path, form) => send("POST", path, form),
    remove: (path) => send("DELETE", path),
  };
}
