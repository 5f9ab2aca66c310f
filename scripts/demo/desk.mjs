import { expect } from "./expect.mjs";

/** The support desk as Twilio has it, seen and changed without Pulumi. */
export class SupportDesk {
  constructor(twilio, outputs) {
    this.twilio = twilio;
    this.roles = outputs.roleSids;
    this.members = outputs.memberSids;
    this.conversation = `Conversations/${outputs.conversationSid}`;
  }

  async expectWhole() {
    expect(await this.twilio.get(this.conversation), "the conversation is not there");
    const { participants } = await this.twilio.get(`${this.conversation}/Participants`);
    expect(participants.length === 4, `the conversation has ${participants.length} members, not 4`);
    const byIdentity = Object.fromEntries(participants.map((row) => [row.identity, row]));
    const roleOf = (identity) => byIdentity[identity]?.role_sid;
    expect(roleOf("alice") === this.roles.agent, "alice has not the role of an agent");
    expect(roleOf("carol") === this.roles.lead, "carol has not the role of the lead");
    expect(
      JSON.parse(byIdentity.bob?.attributes ?? "{}").team === "support",
      "bob is not in the team support",
    );
  }

  promoteAlice() {
    return this.twilio.post(`${this.conversation}/Participants/${this.members.alice}`, {
      RoleSid: this.roles.lead,
    });
  }

  async moveBob() {
    const path = `${this.conversation}/Participants/${this.members.bob}`;
    const { attributes } = await this.twilio.get(path);
    await this.twilio.post(path, {
      Attributes: JSON.stringify({ ...JSON.parse(attributes), team: "sales" }),
    });
  }

  removeCarol() {
    return this.twilio.remove(`${this.conversation}/Participants/${this.members.onCall}`);
  }

  async expectGone() {
    const paths = [this.conversation, ...Object.values(this.roles).map((sid) => `Roles/${sid}`)];
    for (const path of paths) expect((await this.twilio.get(path)) === undefined, `${path} is still there`);
  }
}
