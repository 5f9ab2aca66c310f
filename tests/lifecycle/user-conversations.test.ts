import assert from "node:assert/strict";
import { Participant, UserConversation } from "../../provider";
import { diagnosticsIn } from "../support/diagnostics";
import { useTestBed } from "../support/stack/test-bed";
import { type Row, TwilioAccount } from "../support/twilio-account";
import { specimensOf } from "../types";
import type { ValueSpecimen } from "../types/specimen";
import { everySubject, LifecycleContext, writes } from "./suite/context";
import { MembershipKind } from "./suite/membership-kind";
import {
  hasEveryField,
  previewsUnknowns,
  refreshesQuietly,
  repairsDrift,
  replacesInstead,
  staysUnchanged,
  updatesInPlace,
} from "./suite/value-steps";

const [specimen] = specimensOf("user conversations") as [ValueSpecimen];

const LABELS = [
  "base",
  ...Object.keys(specimen.updates).map((field) => `update-${field}`),
  ...Object.keys(specimen.replacements).map((field) => `replace-${field}`),
  ...Object.keys(specimen.drifts).map((field) => `drift-${field}`),
];

describe("UserConversation", () => {
  const current = LifecycleContext.inBlock(async (simulator) => [
    await MembershipKind.prepared(specimen, simulator, LABELS),
  ]);
  const members = () => current().simulator.participants().length;
  let before = 0;

  hasEveryField(specimen);
  previewsUnknowns(current);

  it("sets each with one POST", async () => {
    const context = current();
    before = members();
    everySubject(context.kinds, (subject) => {
      for (const label of LABELS) subject.declare(label, subject.full(label));
    });
    const sent = writes(await context.stack.up());
    const form = {
      NotificationLevel: "muted",
      LastReadMessageIndex: "1",
      LastReadTimestamp: "2026-01-01T00:00:00Z",
    };
    assert.equal(sent.length, 2 * LABELS.length);
    for (const request of sent) assert.deepEqual(request.form, form);
    context.assertAlive();
  });

  staysUnchanged(current);
  refreshesQuietly(current);
  updatesInPlace(current);
  replacesInstead(current);
  repairsDrift(current);

  it("removes nobody, and puts the levels back when all is destroyed", async () => {
    const { kinds, stack, simulator } = current();
    const [kind] = kinds;
    const paths = (kind?.subjects ?? []).flatMap(({ declarations }) =>
      Object.entries(declarations).map(([name, args]) => kind?.pathOf(args, current().idOf(name)) ?? ""),
    );
    assert.equal(paths.length, 2 * LABELS.length);
    const { requests } = await stack.destroy();
    assert.deepEqual(
      requests.filter(({ method }) => method === "DELETE"),
      [],
    );
    assert.equal(members(), before);
    const account = new TwilioAccount(simulator);
    for (const path of paths)
      assert.equal((await account.get(path.replace("/v1", "")))["notification_level"], "default", path);
    assert.deepEqual(stack.state(), {});
  });
});

describe("A user's conversation and its participant", () => {
  let desk: Row;
  let isMember = false;
  let userSids: string[] = [];
  let services: (string | undefined)[] = [];
  const bed = useTestBed(async () => {
    const args = { conversationSid: desk.sid, identity: "alice" };
    const conversationSid = isMember ? new Participant("alice", args).conversationSid : desk.sid;
    userSids.forEach((userSid, index) => {
      new UserConversation(`muted ${index}`, { userSid, conversationSid, notificationLevel: "muted" });
    });
    services.forEach((serviceSid, index) => {
      const place = { ...(serviceSid !== undefined && { serviceSid }), conversationSid: "desk" };
      new UserConversation(`in service ${index}`, { ...place, userSid: "alice", notificationLevel: "muted" });
    });
  });
  const level = async () =>
    (await bed.account.get(`/Users/alice/Conversations/${desk.sid}`))["notification_level"];

  before(async () => {
    desk = await bed.account.conversation("desk");
  });

  it("wait for the participant, and say so where the program does not", async () => {
    userSids = ["alice"];
    const text = diagnosticsIn(await bed.stack.failing(() => bed.stack.up()));
    assert.match(text, /cannot set user conversation: .* Add the participant first: .*dependsOn/);
    isMember = true;
    await bed.stack.up();
    assert.equal(await level(), "muted");
  });

  it("go together when the participant is replaced", async () => {
    const { urn = "", id } = bed.stack.state()["alice"] ?? {};
    const { steps } = await bed.stack.up({ replace: [urn] });
    assert.deepEqual(Object.keys(steps).sort(), ["alice", "muted 0"]);
    assert.notEqual(bed.stack.state()["alice"]?.id, id);
    assert.equal(await level(), "muted");
    assert.deepEqual((await bed.stack.preview({ refresh: true })).steps, {});
  });

  it("come back together when somebody removes the member", async () => {
    bed.simulator.remove(bed.stack.state()["alice"]?.id ?? "");
    const { steps } = await bed.stack.up({ refresh: true });
    assert.deepEqual(
      Object.values(steps).map(({ op }) => op),
      ["create", "create"],
    );
    assert.equal(await level(), "muted");
  });

  it("are declared once: by the program's own words at preview, else in up", async () => {
    userSids = ["alice", "alice"];
    const atPreview = diagnosticsIn(await bed.stack.failing(() => bed.stack.preview()));
    assert.match(
      atPreview,
      /declared twice: there is one user conversation for each userSid and conversationSid/,
    );
    const [alice] = bed.simulator.users();
    userSids = ["alice", String(alice?.["sid"])];
    const atUp = diagnosticsIn(await bed.stack.failing(() => bed.stack.up()));
    assert.match(atUp, /declared twice: user conversation US\w+\/CH\w+ is managed by another resource/);
    userSids = ["alice"];
    await bed.stack.up();
    assert.equal(await level(), "muted");
  });

  it("part where the program stops declaring the one", async () => {
    userSids = [];
    await bed.stack.up();
    assert.equal(await level(), "default");
    assert.equal(bed.simulator.participants().length, 1);
  });

  it("are others in another service, by the same names", async () => {
    const { sid } = await bed.account.service("other");
    const there = await bed.account.conversation("desk", `/Services/${sid}`);
    await bed.account.post(`/Services/${sid}/Conversations/${there.sid}/Participants`, { Identity: "alice" });
    services = [undefined, sid];
    await bed.stack.up();
    const ids = ["in service 0", "in service 1"].map((name) => bed.stack.state()[name]?.id ?? "");
    assert.match(ids.join(), new RegExp(`^US\\w+/${desk.sid},US\\w+/${there.sid}$`));
  });
});
