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

/** Twilio accepts it and never returns it; after a change of type without it, the credential could send nothing. */
const SECRET = { change: "update", secret: true, writeOnly: true, sentWith: "type" } as const;

const fields = {
  /**
   * The push service: `apn` for Apple, `fcm` for Google, `gcm` for Google's service before that. Changing it needs
   * the secrets of the new type; after a change of type outside, Pulumi restores the type together with all
   * declared secrets.
   */
  type: field({ change: "update" }, z.enum(["apn", "gcm", "fcm"])),
  /**
   * Name for people, 1 to 64 characters. A credential of the same type and name, younger than `twilio:adoptWindow`,
   * can be another stack's or an interrupted run's: `adopt` decides. Without a name, a `pulumi up` after an
   * interrupted one cannot find the credential.
   */
  friendlyName: field({ change: "update", cleared: "" }, text(64, { long: 50003 }).optional()),
  /**
   * For `apn`, and required there: the certificate in PEM form, `-----BEGIN CERTIFICATE-----` and so on. Always a
   * secret in the state. A new value is sent alone; Twilio cannot clear it.
   */
  certificate: field(SECRET, text().optional()),
  /**
   * For `apn`, and required there: the private key in PEM form, `-----BEGIN RSA PRIVATE KEY-----` and so on. Always
   * a secret in the state. A new value is sent alone; Twilio cannot clear it.
   */
  privateKey: field(SECRET, text().optional()),
  /**
   * For `apn`: whether to send to Apple's sandbox.
   * @default false
   */
  sandbox: field({ change: "update", cleared: false }, z.boolean().optional()),
  /**
   * For `gcm`, and required there: the API key of the project. Always a secret in the state. A new value is sent
   * alone; Twilio cannot clear it.
   */
  apiKey: field(SECRET, text().optional()),
  /**
   * For `fcm`, and required there: the server key of the project, from the Firebase console under Cloud Messaging.
   * Always a secret in the state. A new value is sent alone; Twilio cannot clear it.
   */
  secret: field(SECRET, text().optional()),
};

/** The fields of each type, and which of them it requires. */
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

/** A required field may be removed from the program later; it stays on Twilio. */
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

/** The arguments of a {@link Credential}: each type with its fields. */
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
  /** The type token, for policy packs and mocks. */
  static readonly __pulumiType = typeToken(credential.type);
  static override readonly isInstance = instanceTest<Credential>(Credential.__pulumiType);
  /** The push service. */
  declare readonly type: pulumi.Output<"apn" | "gcm" | "fcm">;
  /** Name for people. */
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  /** Whether Apple's sandbox is used. */
  declare readonly sandbox: pulumi.Output<boolean | undefined>;
  /** The certificate as declared: a secret. */
  declare readonly certificate: pulumi.Output<string | undefined>;
  /** The private key as declared: a secret. */
  declare readonly privateKey: pulumi.Output<string | undefined>;
  /** The API key as declared: a secret. */
  declare readonly apiKey: pulumi.Output<string | undefined>;
  /** The server key as declared: a secret. */
  declare readonly secret: pulumi.Output<string | undefined>;

  constructor(name: string, args: CredentialArgs, opts?: pulumi.CustomResourceOptions) {
    super(credential, name, args, opts);
  }
}
