import assert from "node:assert/strict";
import type { Simulator } from "../../../simulator";
import type { Args, ValueSpecimen } from "../../types/specimen";
import { Kind } from "./kind";
import { Subject } from "./subject";

/** A kind that is there for each member of a conversation: a user's own view of it. */
export class MembershipKind extends Kind {
  /** In every place, with a member for each of the declarations, where they are and where they move to. */
  static async prepared(
    specimen: ValueSpecimen,
    simulator: Simulator,
    labels: string[],
  ): Promise<MembershipKind> {
    const subjects = await Subject.inEveryScope(specimen, simulator);
    for (const subject of subjects)
      for (const label of labels) {
        const identity = subject.name(label);
        for (const name of ["home", "away", "abroad"]) await addMember(subject, name, identity);
        await addMember(subject, "home", `${identity} again`);
      }
    return new MembershipKind(specimen, subjects);
  }

  sids(): string[] {
    const declared = this.subjects.flatMap(({ declarations }) => Object.values(declarations));
    return declared.map((args) => this.#idOf(args)).sort();
  }

  /** Each is asked for by itself: Twilio lists them by user, and a program mutes a conversation for many. */
  reads(subject: Subject): string[] {
    return Object.values(subject.declarations).map((args) => `GET ${this.pathOf(args, this.#idOf(args))}`);
  }

  override rowSid(id: string): string {
    const [userSid, conversationSid = ""] = id.split("/");
    const user = this.#simulator.users().find(({ sid }) => sid === userSid);
    const members = this.#simulator.participants(conversationSid);
    return sidOf(members.find(({ identity }) => identity === user?.["identity"]));
  }

  pathOf({ serviceSid }: Args, id: string): string {
    const service = serviceSid === undefined ? "" : `/Services/${serviceSid}`;
    return `/v1${service}/Users/${id.replace("/", "/Conversations/")}`;
  }

  #idOf({ serviceSid, userSid, conversationSid }: Args): string {
    const simulator = this.#simulator;
    const chatServiceSid = serviceSid ?? simulator.account.defaultServiceSid;
    const find =
      (rows: Args[], ...names: string[]) =>
      (value: unknown) =>
        rows.find(
          (row) => row["chat_service_sid"] === chatServiceSid && names.some((name) => row[name] === value),
        );
    const user = find(simulator.users(), "identity")(userSid);
    const conversation = find(simulator.conversations(), "sid", "unique_name")(conversationSid);
    return `${sidOf(user)}/${sidOf(conversation)}`;
  }

  get #simulator(): Simulator {
    const [first] = this.subjects;
    assert.ok(first);
    return first.surroundings.account.simulator;
  }
}

async function addMember({ surroundings }: Subject, conversation: string, identity: string): Promise<void> {
  const { account, rows, servicePath } = surroundings;
  const service = conversation === "abroad" ? `/Services/${rows["otherService"]?.sid}` : servicePath;
  await account.post(`${service}/Conversations/${rows[conversation]?.sid}/Participants`, {
    Identity: identity,
  });
}

function sidOf(row: Args | undefined): string {
  assert.ok(row, "Twilio has no such row");
  return String(row["sid"]);
}
