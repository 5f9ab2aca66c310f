import { specimensOf } from "../types";
import { describeLifecycle } from "./suite";

describeLifecycle(
  "Service, Credential, Message, ConversationWebhook and AddressConfiguration",
  specimensOf("objects"),
);
