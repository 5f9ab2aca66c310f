import { equal, match, ok } from "node:assert/strict";
import { type Definition, fieldsOf } from "../../../provider/core/definition/define";
import { definitions } from "../../../provider/resources";
import { participant } from "../../../provider/resources/conversation/participant";
import { serviceConfiguration } from "../../../provider/resources/service/service-configuration";
import { everyField } from "../../types";
import { sidOf } from "../../types/sids";
import { type Run, useLife } from "../life";

const TYPO = "eu-suport";
const NOWHERE = sidOf("IS", 404);
const NOUNS: Readonly<Record<string, string>> = {
  serviceSid: "service",
  conversationSid: "conversation",
  userSid: "user",
};

/** The fields of a definition that say what it lives in. */
function placesOf(definition: Definition): string[] {
  return fieldsOf(definition)
    .filter(({ name, policy }) => policy.pathParameter === true && name !== "account")
    .map(({ name }) => name);
}

async function refusal(run: Run, act: Promise<unknown>): Promise<string> {
  return run.explain(
    await act.then(
      () => "nothing was refused",
      (error: unknown) => error,
    ),
  );
}

describe("A 404 where what a resource lives in is not there", () => {
  const life = useLife();

  for (const definition of definitions.filter((each) => placesOf(each).length > 0)) {
    const { account: _, ...inputs } = everyField(definition.type);
    const { serviceSid: _service, ...inDefault } = inputs;
    const places = placesOf(definition);

    it(`names the field of a ${definition.noun}, and advises no refresh of what cannot exist`, async () => {
      const run = life.run(definition);
      const told = await refusal(run, run.lifecycle.create({ ...inputs, serviceSid: NOWHERE }));
      ok(!told.includes("pulumi refresh"), told);
      if ("missingHint" in definition) return match(told, /no participant of the conversation/);
      for (const place of places) match(told, new RegExp(`no ${NOUNS[place]} that ${place} names`));
      match(told, /Check the spelling, the account and twilio:region; declare .* or give the SID/);
    });

    if (!places.includes("conversationSid") || "missingHint" in definition) continue;
    it(`says so of the unique name that a ${definition.noun} gives, without the name`, async () => {
      const run = life.run(definition);
      const told = await refusal(run, run.lifecycle.create({ ...inDefault, conversationSid: TYPO }));
      match(
        told,
        /answered 404 .*In this account and region there is no conversation that conversationSid names\. Check the spelling, the account, serviceSid and twilio:region; declare the conversation and take its id/,
      );
      ok(!told.includes(TYPO), told);
    });
  }

  it("is said of a roster too, once", async () => {
    const run = life.run();
    const members = { alice: { identity: "alice" }, bob: { identity: "bob" } };
    const told = await refusal(run, run.roster.create({ conversationSid: TYPO, members }));
    equal(told.split("no conversation that conversationSid names").length, 2, told);
    ok(!told.includes("pulumi refresh"), told);
  });

  it("shows a SID where Twilio says it again as the message does, although the auth token is half of it", async () => {
    const run = life.run(participant);
    const sid = `CH${life.simulator.account.authToken}`;
    const told = await refusal(run, run.lifecycle.create({ conversationSid: sid, identity: "zed" }));
    equal(told.split(sid).length, 3, told);
    ok(!told.includes("[hidden]"), told);
    match(told, /`pulumi up --refresh` creates declared objects again/);
  });

  for (const verb of ["update", "delete", "read"] as const)
    it(`is one of the member or of its conversation for ${verb}`, async () => {
      const { sid: desk } = await life.account.conversation("desk");
      const inputs = { conversationSid: desk, identity: "alice" };
      const { sid, state } = await life.run(participant).lifecycle.create(inputs);
      life.simulator.remove(desk);
      const run = life.run(participant);
      if (verb === "delete") return run.lifecycle.delete(sid, state);
      if (verb === "read") return equal(await run.lifecycle.read(sid, state), undefined);
      const told = await refusal(run, run.lifecycle.update(sid, state, { ...inputs, attributes: { a: 1 } }));
      match(
        told,
        /In this account and region, the participant or the conversation that conversationSid names does not exist: run `pulumi refresh` if it was deleted outside Pulumi\./,
      );
      return undefined;
    });

  it("is one of the service for a setting of it", async () => {
    const run = life.run(serviceConfiguration);
    const { sid } = await life.account.service("eu");
    const inputs = { serviceSid: sid, reachabilityEnabled: true };
    const made = await run.lifecycle.create(inputs);
    life.simulator.remove(sid);
    const later = life.run(serviceConfiguration);
    const changed = { ...inputs, reachabilityEnabled: false };
    const told = await refusal(later, later.lifecycle.update(made.sid, made.state, changed));
    match(told, /region, the service that serviceSid names does not exist: run `pulumi refresh` if/);
  });
});
