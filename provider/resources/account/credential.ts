import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ArgsOf, Later } from "../../core/definition/args";
import { type AccountObjectArgs, everyAccountObject } from "../../core/definition/common-fields";
import { text } from "../../core/definition/constraint";
import { define } from "../../core/definition/define";
import { field } from "../../core/definition/field";
import { type JsonObject, textOf } from "../../core/json";
import type { Problem } from "../../core/problem";
import { AccountObject } from "../../core/program/object-resource";
import { instanceTest, typeToken } from "../../core/program/provider-text";
import { type Variants, variantProblems } from "../fields/variant";

/** Twilio never returns it. A new type is sent with it, since a credential without its secret sends nothing. */
const SECRET = { change: "update", secret: true, writeOnly: true, sentWith: "type" } as const;

const fields = {
  /**
   * The push service: `apn` for Apple, `fcm` for Google, `gcm` for Google's previous service. A new type needs its own
   * secrets. If somebody changed the type outside Pulumi, `up` restores it with all declared secrets.
   */
  type: field({ change: "update" }, z.enum(["apn", "gcm", "fcm"])),
  /**
   * Human-readable name, 1 to 64 characters. A credential of the same type and name, younger than `twilio:adoptWindow`,
   * may belong to another stack or to an interrupted run: `adopt` decides what happens. Without a name, an interrupted
   * `pulumi up` cannot find the credential again.
   */
  friendlyName: field({ change: "update", cleared: "" }, text(64, { long: 50003 }).optional()),
  /**
   * For `apn`, required: the certificate in PEM form, `-----BEGIN CERTIFICATE-----` and so on. Pulumi always treats it
   * as a secret. A new value is sent alone; Twilio cannot clear it.
   */
  certificate: field(SECRET, text().optional()),
  /**
   * For `apn`, required: the private key in PEM form, `-----BEGIN RSA PRIVATE KEY-----` and so on. Pulumi always treats
   * it as a secret. A new value is sent alone; Twilio cannot clear it.
   */
  privateKey: field(SECRET, text().optional()),
  /**
   * For `apn`: whether Twilio sends to Apple's sandbox.
   * @default false
   */
  sandbox: field({ change: "update", cleared: false }, z.boolean().optional()),
  /**
   * For `gcm`, required: the API key of the project. Pulumi always treats it as a secret. A new value is sent alone;
   * Twilio cannot clear it.
   */
  apiKey: field(SECRET, text().optional()),
  /**
   * For `fcm`, required: the server key of the project, from the Firebase console under Cloud Messaging. Pulumi always
   * treats it as a secret. A new value is sent alone; Twilio cannot clear it.
   */
  secret: field(SECRET, text().optional()),
};

/** The fields of each type, and which of them it needs. */
export const credentialVariants: Variants = new Map([
  ["apn", { needs: { certificate: undefined, privateKey: undefined }, takes: ["sandbox"] }],
  ["gcm", { needs: { apiKey: undefined }, takes: [] }],
  ["fcm", { needs: { secret: undefined }, takes: [] }],
]);

/** `POST /v1/Credentials` and its like. */
export const credential = define({
  type: "Credential",
  noun: "credential",
  twilioPage: "credential-resource",
  sidPrefix: "CR",
  schema: z.strictObject({ ...fields, ...everyAccountObject }),
  outputs: ["accountSid", "dateCreated", "dateUpdated"],
  volatile: ["dateUpdated"],
  path: () => ["Credentials"],
  listKey: "credentials",
  pageSize: 100,
  // Twilio writes this flag as a word: "True".
  observe: (live) => ({ ...live, sandbox: textOf(live["sandbox"])?.toLowerCase() === "true" }),
  rules: problems,
  naturalKey: {
    enforced: false,
    existsCodes: [],
    isDeclared: ({ friendlyName }) => friendlyName !== undefined,
    matches: (inputs, live) =>
      live["type"] === inputs["type"] && live["friendlyName"] === inputs["friendlyName"],
    fields: ["type", "friendlyName"],
  },
});

/** A program may later drop the secrets that its type needs: Twilio keeps them. */
function problems(inputs: JsonObject, creating: boolean, olds: JsonObject): Problem[] {
  const { type, certificate, privateKey, sandbox, apiKey, secret } = inputs;
  const members = { certificate, privateKey, sandbox, apiKey, secret };
  return variantProblems(
    credentialVariants,
    ["type", type],
    ["", members],
    creating || olds["type"] !== type,
  );
}

type CredentialFor<Type, Members extends keyof typeof fields> = ArgsOf<
  Pick<typeof fields, "type" | "friendlyName" | Members>,
  { type: Type }
> &
  AccountObjectArgs;
type ApnCredential = CredentialFor<"apn", "certificate" | "privateKey" | "sandbox">;
type GcmCredential = CredentialFor<"gcm", "apiKey">;
type FcmCredential = CredentialFor<"fcm", "secret">;
type LaterCredential = CredentialFor<Later<"apn" | "gcm" | "fcm">, keyof typeof fields>;

/** Arguments of a {@link Credential}: each type with its fields. */
export type CredentialArgs = LaterCredential | ApnCredential | GcmCredential | FcmCredential;

/**
 * A push secret for Apple or Google. Twilio sends push notifications with it.
 *
 * Every field changes in place. The provider encrypts certificates and keys in the state and hides them in previews,
 * whatever the program passes. Twilio never returns them, so Pulumi cannot see a change made outside.
 *
 * @example
 * ```ts
 * const config = new pulumi.Config();
 * new Credential("android", {
 *   type: "fcm",
 *   friendlyName: "android",
 *   secret: config.requireSecret("fcmServerKey"),
 * });
 * ```
 */
export class Credential extends AccountObject {
  /** Type token for policy packs and mocks. */
  static readonly __pulumiType = typeToken(credential.type);
  static override readonly isInstance = instanceTest<Credential>(Credential.__pulumiType);
  /** The push service: `apn`, `fcm` or `gcm`. */
  declare readonly type: pulumi.Output<"apn" | "gcm" | "fcm">;
  /** Human-readable name. */
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  /** Whether Twilio sends to Apple's sandbox. */
  declare readonly sandbox: pulumi.Output<boolean | undefined>;
  /** The declared certificate, a secret. */
  declare readonly certificate: pulumi.Output<string | undefined>;
  /** The declared private key, a secret. */
  declare readonly privateKey: pulumi.Output<string | undefined>;
  /** The declared API key, a secret. */
  declare readonly apiKey: pulumi.Output<string | undefined>;
  /** The declared server key, a secret. */
  declare readonly secret: pulumi.Output<string | undefined>;

  constructor(name: string, args: CredentialArgs, opts?: pulumi.CustomResourceOptions) {
    super(credential, name, args, opts);
  }
}
