import { conversationSpecimen } from "./specimens/conversation";
import { participantSpecimen } from "./specimens/participant";
import { roleSpecimen } from "./specimens/role";
import { describeLifecycle } from "./suite";

describeLifecycle("Conversation, Participant and Role", [
  conversationSpecimen,
  participantSpecimen,
  roleSpecimen,
]);
