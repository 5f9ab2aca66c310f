import { type AgentOptions, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { RequestError } from "./errors";
import { esModule } from "./es-module";

/** The environment variables that choose a proxy, passed in as nothing here reads the environment. */
export type ProxyEnv = Readonly<Record<string, string | undefined>>;

/**
 * We close sockets idle for longer: if Twilio closes one just as we write to it, the outcome of a create is unknown.
 */
const idleSocketMs = 15_000;

const DEFAULT_PORTS: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/** The keep-alive agent for an origin, through the proxy that the environment sets for it. */
export function agentFor(origin: string, env: ProxyEnv = {}): HttpAgent {
  const options = { keepAlive: true, timeout: idleSocketMs };
  const proxy = proxyFor(origin, env);
  if (proxy !== undefined) return proxyAgent(proxyUrl(proxy), options);
  return origin.startsWith("https:") ? new HttpsAgent(options) : new HttpAgent(options);
}

/** Loads the package only when needed: few programs use a proxy, and all would wait for it. */
function proxyAgent(url: URL, options: AgentOptions): HttpAgent {
  const { HttpsProxyAgent } = esModule<typeof import("https-proxy-agent")>("https-proxy-agent", () =>
    require("https-proxy-agent"),
  );
  return new HttpsProxyAgent(url, options);
}

/**
 * The proxy for an origin: `https_proxy` or `all_proxy`, lower case first, unless `no_proxy` lists the host. As in Go,
 * and so in Pulumi, a listed domain covers its subdomains and loopback never uses a proxy.
 */
export function proxyFor(origin: string, env: ProxyEnv): string | undefined {
  const { protocol, hostname, port } = new URL(origin);
  if (isLoopback(hostname)) return undefined;
  const listed = variable(env, "no_proxy")
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean);
  const effectivePort = Number(port) || DEFAULT_PORTS[protocol];
  if (listed.some((entry) => covers(entry, hostname, effectivePort))) return undefined;
  const proxy = variable(env, `${protocol.slice(0, -1)}_proxy`) || variable(env, "all_proxy");
  if (!proxy) return undefined;
  return proxy.includes("://") ? proxy : `http://${proxy}`;
}

/** Whether a host name always means this machine. Names under localhost do not with every resolver. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}

function covers(entry: string, hostname: string, port: number | undefined): boolean {
  const [, host = entry, listedPort] = /^(.+):(\d+)$/.exec(entry) ?? [];
  if (listedPort !== undefined && Number(listedPort) !== port) return false;
  if (host === "*" || host === hostname) return true;
  const domain = host.replace(/^\*/, "");
  return hostname.endsWith(domain.startsWith(".") || host.startsWith("*") ? domain : `.${domain}`);
}

function variable(env: ProxyEnv, name: string): string {
  return env[name] || env[name.toUpperCase()] || "";
}

function proxyUrl(proxy: string): URL {
  const url = URL.parse(proxy);
  if (url !== null && (url.protocol === "http:" || url.protocol === "https:")) return url;
  // Do not show the value: it may hold a password.
  throw new RequestError(
    "use proxy: HTTPS_PROXY or ALL_PROXY",
    "is not an http or https URL",
    "Write it as http://host:port.",
  );
}
