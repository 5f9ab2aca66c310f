import type { Accounts } from "../accounts";
import { CodedError, NotFoundError } from "../rules/errors";
import { runTimers } from "../rules/timers";
import type { Call, Form } from "../rules/world";
import type { AccountState } from "../state/account-state";
import type { ServiceRow } from "../state/rows";
import { isTaken } from "../state/snapshot";
import { parseForm } from "./form";
import type { Match, Router } from "./router";

/** A request as the server read it. */
export interface ApiRequest {
  method: string;
  path: string;
  query: Form;
  body: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  origin: string;
  /** By the process's own clock (`performance.now`). */
  arrivedAtMs: number;
}

/** The service of account-wide paths, which must work without a default service. */
const noService: ServiceRow = {
  sid: "",
  order: 0,
  account_sid: "",
  friendly_name: "",
  date_created: "",
  date_updated: "",
};

/** Resolves a request to a prepared operation: account, route and service. */
export class CallResolver {
  constructor(
    readonly accounts: Accounts,
    readonly router: Router,
  ) {}

  authenticate({ headers }: ApiRequest): AccountState {
    const account = this.accountOf(headers);
    if (!account) throw new CodedError(20003);
    return account;
  }

  /** The account whose login a request brings, if any. */
  accountOf(headers: ApiRequest["headers"]): AccountState | undefined {
    const [scheme, token] = String(headers["authorization"] ?? "").split(" ", 2);
    const text = scheme?.toLowerCase() === "basic" ? Buffer.from(token ?? "", "base64").toString() : "";
    const colon = text.indexOf(":");
    return this.accounts.authenticated(text.slice(0, Math.max(colon, 0)), text.slice(colon + 1));
  }

  match(request: ApiRequest): Match {
    const match = this.router.match(request.method, request.path);
    if (match === undefined) throw new NotFoundError(this.shownPath(request.path));
    if (Array.isArray(match)) throw new CodedError(20405, `${request.path} has ${match.join(", ")}`);
    return match;
  }

  /** Whether the request would create an object, even if refused. */
  isCreate({ method, path }: ApiRequest): boolean {
    const match = this.router.match(method, path);
    return match !== undefined && !Array.isArray(match) && match.route.operation === "create";
  }

  call(request: ApiRequest, account: AccountState, { route, parameters }: Match): Call {
    const { world } = this.accounts;
    runTimers(account, world.clock.nowMs());
    const scopedSid = parameters["ChatServiceSid"];
    const serviceSid = scopedSid ?? account.configuration.default_chat_service_sid;
    const service = route.isAccountWide ? noService : account.services.get(serviceSid);
    if (!service) throw new NotFoundError(this.shownPath(request.path));
    const root = `${request.origin}/v1`;
    return {
      ...world,
      account,
      service,
      scoped: route.isScoped,
      base: scopedSid === undefined ? root : `${root}/Services/${service.sid}`,
      origin: request.origin,
      path: request.path,
      shownPath: this.shownPath(request.path),
      parameters,
      form: this.#form(request),
      query: request.query,
      newSid: (prefix) => world.sids.nextFree(prefix, (sid) => isTaken(account, sid)),
    };
  }

  #form({ body, headers }: ApiRequest): Form {
    const type = String(headers["content-type"] ?? "").toLowerCase();
    if (body !== "" && !type.startsWith("application/x-www-form-urlencoded")) {
      throw new CodedError(20001, "Content-Type must be application/x-www-form-urlencoded");
    }
    return parseForm(body);
  }

  /** A path as a 404 shows it. */
  shownPath(path: string): string {
    const { notFoundPath } = this.accounts.world.switches;
    return notFoundPath === "short" ? path.replace(/^\/v1(?=\/)/, "") : path;
  }
}
