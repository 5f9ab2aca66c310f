import { deepEqual, equal, ok } from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import { ApiError, RequestError } from "../../../../provider/http/errors";
import { requestUrl } from "../../../../provider/http/path";
import { privateNames, REDACTED, redact, shownPath } from "../../../../provider/http/redaction/redaction";
import type { ApiRequest } from "../../../../provider/http/request";
import { toAnswer } from "../../../../provider/http/response";
import { seed, sized } from "../../../support/soak";

const CH = "CH00000000000000000000000000000001";

const html = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
/** How servers write again what they were sent. */
const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURI,
  encodeURIComponent,
  (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  (text) => new URLSearchParams([["", text]]).toString().slice(1),
  (text) => JSON.stringify(text).slice(1, -1),
  (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
  html,
  (text) => html(text).replace(/[\u{80}-\u{10ffff}'+]/gu, (letter) => `&#${letter.codePointAt(0)};`),
];

describe("http: an echo of a short value", () => {
  const cases: [value: string, text: string, shown: string][] = [
    ["ann", "no user ann.", `no user ${REDACTED}.`],
    ["ann", "cannot be banned", "cannot be banned"],
    ["anna", "no user x-annabel", `no user x-${REDACTED}bel`],
    ["4711", "x4711y", `x${REDACTED}y`],
    ["471", "x471y", "x471y"],
    ["7", "7 of 17", `${REDACTED} of 17`],
  ];
  for (const [value, text, shown] of cases)
    it(`of ${value} in "${text}" is ${shown === text ? "none" : "hidden"}`, () =>
      equal(redact(text, [value]), shown));
});

describe("http: what a message shows of a path", () => {
  it("are the words of the API and SIDs, and nothing else", () => {
    for (const [path, shown] of [
      [`/v1/Conversations/${CH}/Participants`, `/v1/Conversations/${CH}/Participants`],
      ["/v1/Conversations/support/Messages", "/v1/Conversations/[hidden]/Messages"],
      ["/v1/Users/alice%40example.com", "/v1/Users/[hidden]"],
      ["/v1/Users/%2B4915112345678", "/v1/Users/[hidden]"],
      [`/v1/Users/${CH.toLowerCase()}`, "/v1/Users/[hidden]"],
      [`/v1/Users/${CH}0`, "/v1/Users/[hidden]"],
      ["/v1/Users/conversations", "/v1/Users/[hidden]"],
      ["/v1/Users/..", "/v1/Users/[hidden]"],
      ["/v1/Users/%zz", "/v1/Users/[hidden]"],
      ["/v1/Users//x", "/v1/Users//[hidden]"],
    ] as const)
      equal(shownPath(path), shown);
  });

  it("hide a name in an error's own fields too", () => {
    const request: ApiRequest = {
      method: "GET",
      path: "/v1/Users/s3cret",
      query: { Address: "+4915112345678", PageSize: 50 },
      repeatable: true,
      attempting: "read user",
    };
    const message = "no /v1/Users/s3cret?Address=%2B4915112345678&PageSize=50";
    const raw = { status: 404, headers: new Headers(), text: JSON.stringify({ code: 20404, message }) };
    let error: unknown;
    try {
      toAnswer(request, { ...raw, receivedAtMs: 0 }, []);
    } catch (thrown) {
      error = thrown;
    }
    ok(error instanceof ApiError);
    equal(error.path, "/v1/Users/[hidden]");
    equal(error.twilioMessage, "no /v1/Users/[hidden]?Address=[hidden]&PageSize=50");
    ok(!/s3cret|4915112345678/.test(inspect(error)));
  });

  it("hide a name that is no path at all", () => {
    const request = { method: "GET", repeatable: true, attempting: "read user" } as const;
    for (const path of ["/v1/Users/s3cret/..", "/v1/Users/s3cret?x", "/v2/s3cret", "/v1/s3cret//"]) {
      let error: unknown;
      try {
        requestUrl("https://conversations.twilio.com", { ...request, path });
      } catch (thrown) {
        error = thrown;
      }
      ok(error instanceof RequestError && !inspect(error).includes("s3cret"), path);
    }
  });

  it("take the decoded names from a path, and no word", () => {
    deepEqual(privateNames(`/v1/Conversations/a%20b/Participants/${CH}`, { Order: "desc", Identity: "al" }), [
      "a b",
      "al",
    ]);
  });
});

describe("http: an echo in an answer", () => {
  const names = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(..."ab1\"\\/%&+<'; é😀"), minLength: 1, maxLength: 12 }),
  );

  it("is hidden in every spelling, one over another, whatever stands around it", () => {
    const spelling = fc.constantFrom(...SPELLINGS);
    fc.assert(
      fc.property(names, spelling, spelling, (name, inner, outer) => {
        fc.pre(/[\p{L}\p{N}]/u.test(name) && name.trim() !== "");
        const echo = outer(inner(name));
        equal(redact(`no (${echo}) here`, [name]), `no (${REDACTED}) here`, `${name} as ${echo}`);
      }),
      { seed, numRuns: sized({ short: 2_000, full: 50_000 }) },
    );
  });

  it("leaves a text as it is that holds none", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
        equal(redact(text, ["s3cret-name", ""]), text);
      }),
      { seed },
    );
  });

  it("of a short name is hidden where it stands by itself, and no letter of a word is", () => {
    equal(
      redact("Participant al of /Users/al exists already", ["al"]),
      "Participant [hidden] of /Users/[hidden] exists already",
    );
    equal(redact("a - b", ["-", " "]), "a - b");
  });

  it("is hidden once where two secrets overlap", () => {
    equal(redact("x abcdef y", ["abcd", "cdef", "abcdef"]), "x [hidden] y");
  });
});
