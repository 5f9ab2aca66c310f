import * as pulumi from "@pulumi/pulumi";
import { Credential, Message, Service } from "../../../provider";
import {
  CANARY,
  everywhere,
  everywhereProblems,
  heavy,
  long,
  sidOf,
  timestamps,
  type Wrong,
} from "./wrong-values";

const { serviceSid: _service, ...inAccount } = everywhere;
const inAccountProblems = everywhereProblems.filter(([path]) => path in inAccount);

/** Wrong values of services, credentials and messages. */
export const WRONG_OBJECTS: readonly Wrong[] = [
  {
    what: "a service without a name, and in a service",
    type: Service,
    args: { friendlyName: "", serviceSid: sidOf("IS"), uniqueName: CANARY, ...inAccount },
    problems: [["friendlyName", 50000], ["serviceSid"], ["uniqueName"], ...inAccountProblems],
  },
  {
    what: "a credential of values too long, of wrong types and for another push service",
    type: Credential,
    args: {
      type: "fcm",
      friendlyName: long(65),
      certificate: `-----BEGIN ${CANARY}`,
      privateKey: pulumi.secret(CANARY),
      sandbox: CANARY,
      apiKey: [CANARY],
      private_key: CANARY,
      ...inAccount,
    },
    problems: [
      ["friendlyName", 50003],
      ["certificate"],
      ["privateKey"],
      ["sandbox"],
      ["apiKey"],
      ["secret"],
      ["private_key"],
      ...inAccountProblems,
    ],
  },
  {
    what: "a credential of no push service that there is",
    type: Credential,
    args: { type: CANARY, secret: CANARY },
    problems: [["type"]],
  },
  {
    what: "a message of values too long, of wrong forms and of unknown names",
    type: Message,
    args: {
      conversationSid: sidOf("MB"),
      author: "",
      body: CANARY.repeat(6000),
      attributes: pulumi.secret(heavy(4096)),
      subject: long(257),
      mediaSid: sidOf("MG"),
      contentVariables: `{"1":${CANARY}`,
      resend: CANARY,
      webhookEnabled: CANARY,
      text: CANARY,
      ...timestamps,
      ...everywhere,
    },
    problems: [
      ["conversationSid", 50350],
      ["author"],
      ["body", 50504],
      ["attributes", 50303],
      ["subject"],
      ["mediaSid"],
      ["contentVariables"],
      ["resend"],
      ["webhookEnabled"],
      ["text"],
      ...everywhereProblems,
    ],
  },
  {
    what: "a message that says nothing",
    type: Message,
    args: { conversationSid: sidOf("CH"), author: CANARY },
    problems: [["body", 50503]],
  },
];
