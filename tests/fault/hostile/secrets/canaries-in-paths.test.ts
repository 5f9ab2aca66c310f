import { deepEqual, ok } from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import {
  type Definition,
  fieldsOf,
  isSingleton,
  keyFields,
} from "../../../../provider/core/definition/define";
import { UnverifiedError } from "../../../../provider/core/errors";
import type { JsonObject } from "../../../../provider/core/json";
import { Lifecycle } from "../../../../provider/core/lifecycle/lifecycle";
import { RosterLifecycle } from "../../../../provider/core/roster/lifecycle";
import { Session } from "../../../../provider/core/run/session";
import { lookUp } from "../../../../provider/functions/call/lookup";
import { LookupError } from "../../../../provider/functions/call/lookup-error";
import { PATH_WORDS } from "../../../../provider/http/path-words";
import { definitions } from "../../../../provider/resources";
import { roster } from "../../../../provider/resources/conversation/roster";
import { inTurns } from "../../../support/in-turns";
import { QuickClock } from "../../../support/quick-clock";
import { isSoak, measured } from "../../../support/soak";
import { everyField } from "../../../types";
import { AC, CH, IS, MB } from "../../../types/sids";
import { LOGIN } from "../names/every-operation";
import { type Listener, listen } from "../names/listener";
import { lookupsByName } from "../names/lookups-by-name";
import { canariesIn, canary } from "./canaries";

const SECRET = canary("input", "name");
const CORE = "canaryInput4b1d";
const PLACE = { accountSid: AC, region: "us1", chatServiceSid: IS };
const AT_ONCE = 25;

/** What an answer may say of the request: its path and its form in the spellings that servers echo them in. */
function echo(url: string, form: string): string {
  const parts = `${url}&${form}`.split(/[/?&=]/).map((part) => part.replaceAll("+", " "));
  const all = [url, form, ...new Set(parts.map(decodeURIComponent))];
  const html = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const ascii = (text: string) => JSON.stringify(text).replaceAll("é", "\\u00e9").replaceAll("/", "\\/");
  return all
    .flatMap((text) => [
      text,
      ascii(text),
      html(text),
      encodeURI(text),
      encodeURIComponent(text),
      text.toUpperCase(),
    ])
    .join(" ~ ");
}

const refusal =
  (status: number, code?: number, headers = {}) =>
  (response: ServerResponse, message: string) =>
    void response
      .writeHead(status, { "content-type": "application/json", ...headers })
      .end(JSON.stringify({ status, code, message }));

const ENDINGS: Readonly<Record<string, (response: ServerResponse, message: string) => void>> = {
  "302": refusal(302, undefined, { location: "/v1/elsewhere" }),
  "400": refusal(400, 20001),
  "401": refusal(401, 20003),
  "403": refusal(403, 20403),
  "404": refusal(404, 20404),
  "404 of a proxy": refusal(404),
  "405": refusal(405, 20004),
  "409": refusal(409, 50433),
  "429": refusal(429, 20429, { "retry-after": "1" }),
  "500": refusal(500, 20500),
  "503": refusal(503, 20503),
  "a cut body": (response) => {
    response.writeHead(200, { "content-length": 1_000 });
    response.write('{"sid":', () => response.destroy());
  },
  "another body": (response, message) => void response.end(JSON.stringify({ message })),
  "a reset": (response) => void response.destroy(),
  silence: () => undefined,
};

const SHORT = new Set(["400", "404", "a reset"]);
const endings = Object.entries(ENDINGS).filter(([ending]) => isSoak || SHORT.has(ending));

/** One call of the provider, with a canary in one place of it. */
interface Attempted {
  readonly what: string;
  readonly run: (session: Session, origin: string) => Promise<unknown>;
}

function lives(
  definition: Definition,
  field: string,
  inputs: JsonObject,
  lifeIn = (session: Session): Lifecycle | RosterLifecycle => new Lifecycle(definition, session),
): Attempted[] {
  const sid = field === "id" ? SECRET : MB;
  const stateAt = (origin: string) => ({ ...inputs, ...PLACE, origin });
  const changed = { ...inputs, friendlyName: "another", attributes: { team: "another" } };
  const runs: Record<string, Attempted["run"]> = {
    create: (session) => lifeIn(session).create(inputs),
    read: (session, origin) => lifeIn(session).read(sid, stateAt(origin)),
    get: (session) => lifeIn(session).read(sid, inputs),
    update: (session, origin) => lifeIn(session).update(sid, stateAt(origin), changed),
    delete: (session, origin) => lifeIn(session).delete(sid, stateAt(origin)),
  };
  // The engine knows a setting by Twilio's own SID; only a program that gets it can name another.
  if (field === "id" && isSingleton(definition))
    return [{ what: `get ${definition.type}`, run: runs["get"] ?? (async () => {}) }];
  return Object.entries(runs).map(([verb, run]) => ({ what: `${verb} ${definition.type}.${field}`, run }));
}

/** The fields that locate an object or that it is found again by. */
function namingFields(definition: Definition): string[] {
  const located = fieldsOf(definition).filter(({ policy }) => policy.pathParameter === true);
  const names = new Set([...located.map(({ name }) => name), ...keyFields(definition)]);
  // Neither a place nor a name, but words of the API and of the config.
  for (const word of ["account", "type", "target"]) names.delete(word);
  return [...names].filter((name) => typeof everyField(definition.type)[name] === "string");
}

function everyLife(): Attempted[] {
  const members = { alice: { identity: SECRET }, bob: { identity: "bob" } };
  const rosters: [string, JsonObject][] = [
    ["conversationSid", { conversationSid: SECRET, members: { alice: { identity: "alice" } } }],
    ["identity", { conversationSid: CH, members }],
  ];
  return [
    ...definitions.flatMap((definition) => {
      const { account: _, ...inputs } = everyField(definition.type);
      return [
        ...lives(definition, "id", inputs),
        ...namingFields(definition).flatMap((name) => lives(definition, name, { ...inputs, [name]: SECRET })),
      ];
    }),
    ...rosters.flatMap(([field, inputs]) =>
      lives(roster.member, `${field} of a Roster`, inputs, (session) => new RosterLifecycle(roster, session)),
    ),
  ];
}

function everyLookup(isSecret: boolean): Attempted[] {
  return lookupsByName(SECRET).map(([lookup, args]) => ({
    what: `${lookup.name}(${Object.keys(args)})${isSecret ? ", secret" : ""}`,
    run: async (session) => {
      try {
        return await lookUp(session, lookup, args, isSecret);
      } catch (error) {
        // What is not secret may be named as what was not found.
        if (!isSecret && error instanceof LookupError && error.reason !== "failed") return undefined;
        throw error;
      }
    },
  }));
}

describe("Canaries in every name that can stand in a path", () => {
  let clock: QuickClock;
  const listeners: Listener[] = [];
  beforeEach(() => {
    clock = new QuickClock();
  });
  afterEach(() => {
    clock.stop();
    for (const listener of listeners.splice(0)) listener.close();
  });

  async function serve(end: (response: ServerResponse, message: string) => void, seen: Set<string>) {
    const listener = await listen((request, response) => {
      const { url = "" } = request;
      seen.add(url);
      if (url !== "/v1/Configuration" || request.method !== "GET") {
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => end(response, echo(url, Buffer.concat(chunks).toString())));
        return;
      }
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ account_sid: AC, default_chat_service_sid: IS }));
    });
    listeners.push(listener);
    return `http://127.0.0.1:${listener.port}`;
  }

  /** All that a user can come to see of a call, and the words of the paths. */
  async function told({ run }: Attempted, origin: string): Promise<string | undefined> {
    const notes: string[] = [];
    const config: Record<string, string> = { timeoutSeconds: "5" };
    const session = new Session(
      { ...LOGIN, TWILIO_CONVERSATIONS_URL: origin },
      (key) => config[key],
      (note) => notes.push(note),
      clock,
    );
    try {
      await run(session, origin);
      return notes.join("\n");
    } catch (thrown) {
      const error = thrown instanceof UnverifiedError ? thrown.cause : thrown;
      return [session.explain(error), inspect(error, { depth: 10 }), ...notes].join("\n");
    }
  }

  const words = new Set<string>();
  let calls = 0;
  let reached = 0;
  for (const [ending, end] of endings)
    it(`are shown by nothing after ${ending}`, async () => {
      const seen = new Set<string>();
      const origin = await serve(end, seen);
      const all = [...everyLife(), ...everyLookup(true), ...everyLookup(false)];
      const outcomes = await inTurns(
        all.map((attempted) => () => told(attempted, origin)),
        AT_ONCE,
      );
      const shown = outcomes.flatMap((outcome, at) => {
        const text = outcome.status === "fulfilled" ? (outcome.value ?? "") : String(outcome.reason);
        return canariesIn(text, "input").length === 0 ? [] : [`${all[at]?.what}: ${text.slice(0, 300)}`];
      });
      deepEqual(shown.slice(0, 5), []);
      calls += all.length;
      for (const url of seen) {
        const [path = ""] = url.split("?");
        if (url.includes(CORE)) reached += 1;
        for (const segment of path.split("/")) words.add(segment);
      }
    });

  it("reached the paths, and the words of all paths are shown", () => {
    ok(reached > 20 * endings.length, `${reached}`);
    // The API's own words are in Pascal case, and no name of the declarations is.
    const seen = [...words].filter((word) => word === "v1" || /^[A-Z][A-Za-z]+$/.test(word));
    deepEqual(seen.sort(), [...PATH_WORDS.keys()].sort());
    measured("canaries in names of paths", `${calls} calls, ${reached} paths with one, 0 in clear`);
  });
});
