import { conversationSpecimen } from "./specimens/conversation";
import { participantSpecimen } from "./specimens/participant";
import { roleSpecimen } from "./specimens/role";
import { userSpecimen } from "./specimens/user";
import { describeLifecycle } from "./suite";

describeLifecycle("Role, Conversation, Participant and User", [
  roleSpecimen,
  conversationSpecimen,
  participantSpecimen,
  userSpecimen,
]);
