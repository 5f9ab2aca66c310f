import { specimensOf } from "../types";
import { describeLifecycle } from "./suite/suite";

describeLifecycle(
  "Service, Credential, Message, ConversationWebhook and AddressConfiguration",
  specimensOf("objects"),
);
