import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { send } from "../../../../provider/cli/try/api-call";
import { type Call, prepare } from "../../../../provider/cli/try/call";
import { rehearse } from "../../../../provider/cli/try/rehearsal";
import { outcomeJson } from "../../../../provider/cli/try/shown-request";
import type { Connection } from "../../../../provider/core/api/connection";
import { isObject, type JsonObject } from "../../../../provider/core/json";
import { echoesIn } from "../../../../provider/http/redaction/echo";
import { credential, definitions } from "../../../../provider/resources";

/** What means something in JSON, in a pattern or to a shell. */
const ODD = ['sid"', '"', "\\", '":"', "}", "{", ",", "null", "[hidden]", "\n\t\u0000", "$&", "sid", '\\"'];
const secrets = fc.oneof(
  fc.constantFrom(...ODD),
  fc.string({ unit: fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: "binary", maxLength: 3 })) }),
);

function callWith(secret: string): Call {
  const call = prepare(credential, "create", { type: "fcm", friendlyName: "push", secret });
  if ("problems" in call) throw new Error(JSON.stringify(call.problems));
  return call;
}

/** Answers with what it is given, whatever it is asked. */
function answering(body: JsonObject, password: string): Connection {
  const request = async () => ({ status: 201, body, serverNowMs: 0, requestId: "RQ1" });
  return { credentials: { password }, request } as unknown as Connection;
}

describe("cli try: secrets in an answer", () => {
  it("are hidden in values and names, and leave the rest as it is", () =>
    fc.assert(
      fc.asyncProperty(secrets, secrets, async (secret, password) => {
        const plain = { sid: "CR12", count: 3, isOn: true, none: null };
        const body = { ...plain, echo: [`<${secret}>`, { deep: password }], [`of ${secret}`]: 1 };
        const call = callWith("placeholder");
        const form = (call.request.form ?? []).map(([name, value]): [string, string] =>
          name === "Secret" ? [name, secret] : [name, value],
        );
        const request = { ...call.request, form };
        const outcome = await send(answering(body, password), request, { ...call, request });
        const { answer, failure } = outcome;
        equal(failure, undefined);
        // It stays an object, whatever the secret is made of, and can be told as one.
        deepEqual(
          JSON.parse(JSON.stringify(outcomeJson(call, "https://x.test", "live", outcome))).answer,
          answer,
        );
        if (!isObject(answer)) throw new Error("no object");
        deepEqual([answer["count"], answer["isOn"]], [3, true]);
        const texts = [...Object.keys(answer), ...Object.values(answer).flat()].flatMap((text) =>
          isObject(text) ? Object.values(text) : text,
        );
        for (const text of texts)
          if (typeof text === "string")
            deepEqual(echoesIn(text.replaceAll("[hidden]", ""), [secret]), [], text);
      }),
      { numRuns: 500, seed: 1 },
    ));

  it("let no rehearsal fail that succeeds", async () => {
    for (const secret of ODD.filter((text) => text.trim() !== "")) {
      const call = callWith(secret);
      const { status, answer } = await rehearse(call, definitions);
      deepEqual([status, isObject(answer)], [201, true], secret);
    }
  });
});
