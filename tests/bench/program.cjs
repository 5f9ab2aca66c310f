"use strict";
const pulumi = require("@pulumi/pulumi");

const IDLE = `exports.handler=()=>require(${JSON.stringify(require.resolve("./idle-provider.cjs"))})`;

/** What `pulumi.dynamic.Resource` does, with a provider text that is constant, as those of this package are. */
class IdleResource extends pulumi.CustomResource {
  constructor(name, args, opts) {
    super("pulumi-nodejs:dynamic/bench:Idle", name, { ...args, __provider: IDLE }, opts);
  }
}

const IDLE_RESOURCES = { Conversation: IdleResource, Participant: IdleResource, Roster: IdleResource };

/** Declares what is given as data (`declaration.ts`). An empty program loads nothing but Pulumi. */
module.exports = function declare({ kind, conversations }) {
  if (kind === "empty") return;
  const [idle, form = kind] = kind.split("idle-");
  const { Conversation, Participant, Roster } =
    idle === "" ? IDLE_RESOURCES : require("pulumi-twilio-conversations");
  for (const { name, members } of conversations) {
    const conversation = new Conversation(name, { uniqueName: name });
    const place = { conversationSid: conversation.id };
    const within = { deletedWith: conversation };
    if (form === "roster") new Roster(`${name}-roster`, { ...place, members }, within);
    else
      for (const [label, member] of Object.entries(members))
        new Participant(`${name}-${label}`, { ...place, ...member }, within);
  }
};
