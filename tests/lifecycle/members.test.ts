import { specimensOf } from "../types";
import { describeLifecycle } from "./suite/suite";

describeLifecycle("Role, Conversation, Participant and User", specimensOf("members"));
