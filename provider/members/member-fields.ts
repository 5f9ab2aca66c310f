import { adoptable, announced } from "../engine/common-fields";
import { fieldsOf } from "../engine/define";
import { type ParticipantArgs, participant } from "../resources";

/** What is said once for all members: where they are, and how they are written. */
type Shared = "conversationSid" | "serviceSid" | "account" | "webhookEnabled" | "adopt";

/** A member out of a file, as `StandingConversation` takes it. */
export type FileMember = Omit<ParticipantArgs, Shared>;

/** The fields of a participant that a file can say of a member. */
export const MEMBER_FIELDS: readonly string[] = fieldsOf(participant)
  .filter(({ policy }) => policy.internal !== true && policy.located !== true)
  .map(({ name }) => name)
  .filter((name) => !(name in announced) && !(name in adoptable));
