import { specimensOf } from "../types";
import { describeLifecycle } from "./suite";

describeLifecycle("Role, Conversation, Participant and User", specimensOf("members"));
