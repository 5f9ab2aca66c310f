import type { JsonObject } from "../json";
import { Lifecycle } from "../lifecycle/lifecycle";
import type { CreateResult, ReadResult, ResourceProvider } from "../lifecycle/operations";
import { describeProblem } from "../problem";
import type { Session } from "../run/session";
import type { DiffResult } from "../state/diff";
import { checkMembers } from "./check";
import { describeLabels } from "./concurrent";
import { MEMBERS, type RosterDefinition } from "./definition";
import { isUnmanaged, wantedIn } from "./member";
import { changesIn, planOf } from "./plan";
import { RosterReading } from "./read";
import { heldFor, isHidden } from "./state";
import { RosterWriting } from "./write";

/**
 * CRUD of all members of a collection as one resource. Lifecycle handles each member like a resource of its own. This
 * class adds what concerns them together: one listing, concurrent writes, one state.
 */
export class RosterLifecycle implements ResourceProvider {
  private readonly whole: Lifecycle;
  private readonly members: Lifecycle;
  private readonly reading: RosterReading;
  private readonly writing: RosterWriting;

  constructor(
    private readonly definition: RosterDefinition,
    private readonly session: Session,
  ) {
    this.whole = new Lifecycle(definition, session);
    this.members = new Lifecycle(definition.member, session);
    this.reading = new RosterReading(definition, session, this.members);
    this.writing = new RosterWriting(definition, session, this.members);
  }

  check(olds: JsonObject, news: JsonObject, goesOn = false): { inputs: JsonObject; failures: string[] } {
    const whole = this.whole.check(olds, news, goesOn);
    const { inputs, problems } = checkMembers(this.definition, olds, whole.inputs);
    for (const member of wantedIn(this.definition, inputs))
      this.session.ownership.noteChecked(this.definition.member, member.inputs);
    return { inputs, failures: [...whole.failures, ...problems.map(describeProblem)] };
  }

  diff(sid: string, state: JsonObject, inputs: JsonObject): DiffResult {
    const { definition, members } = this;
    const whole = this.whole.diff(sid, withoutMembers(state), withoutMembers(inputs));
    if (whole.replaces.length > 0) return whole;
    const plan = planOf(
      definition,
      heldFor(definition, state, inputs),
      wantedIn(definition, inputs),
      inputs["exclusive"] === true,
    );
    const changes = [whole.changes, changesIn(plan, (member) => isHidden(state, member))];
    const isSame = changes.every((change) => change === false);
    // Pulumi's engine can turn a change into a replacement (`replaceOnChanges`), which also deletes the members that
    // stay.
    for (const { held, wanted, changes } of plan.staying)
      if (isSame || changes !== false) members.diff(held.sid, held.state, wanted.inputs);
    // A separate resource may adopt a member that is released here, whatever its age.
    for (const member of plan.removed)
      if (!isUnmanaged(member)) this.session.ownership.markReplaced(definition.member, member.sid);
    this.noteStanding(sid, state, inputs);
    const left = plan.removed.filter((member) => isHidden(state, member)).map(({ label }) => label);
    if (left.length > 0)
      this.session.notifyOnce(
        `${definition.noun} ${sid}: ${describeLabels(left)} could not be removed so far. \`pulumi up\` tries again.`,
      );
    return { ...whole, changes: changes.includes(undefined) ? undefined : changes.includes(true) };
  }

  /** A name may refer to another conversation by now than the one that the members are in. */
  private noteStanding(sid: string, state: JsonObject, inputs: JsonObject): void {
    const standing = { ...state, resolvedConversationSid: sid };
    for (const { inputs: member } of wantedIn(this.definition, inputs))
      this.session.ownership.noteLocation(this.definition.member, member, standing);
  }

  create(inputs: JsonObject): Promise<CreateResult> {
    return this.noteIfFailed(inputs, this.writing.create(inputs));
  }

  read(sid: string, state: JsonObject): Promise<ReadResult | undefined> {
    return this.reading.read(sid, state);
  }

  update(sid: string, state: JsonObject, inputs: JsonObject): Promise<JsonObject> {
    return this.noteIfFailed(inputs, this.writing.update(sid, state, inputs));
  }

  /** Another roster may be waiting for this one to adopt its members. */
  private noteIfFailed<Outcome>(inputs: JsonObject, work: Promise<Outcome>): Promise<Outcome> {
    const declared = wantedIn(this.definition, inputs).map((member) => member.inputs);
    return this.session.ownership.noteIfFailed(declared, work);
  }

  delete(sid: string, state: JsonObject): Promise<void> {
    return this.writing.delete(sid, state);
  }
}

function withoutMembers({ [MEMBERS]: _members, ...rest }: JsonObject): JsonObject {
  return rest;
}
