import { Conversation, Credential } from "../../../provider";
import { credential } from "../../../provider/resources/account/credential";
import type { Specimen } from "../specimen";
import type { TypeTable } from "../type-table";

/** What is for `apn` alone, gone from the declaration. */
const NOT_APN = { certificate: undefined, privateKey: undefined, sandbox: undefined };

const specimen: Specimen = {
  definition: credential,
  resource: Credential,
  scopes: "account",
  prepare: async () => ({}),
  declare: (friendlyName) => ({
    type: "apn",
    friendlyName,
    certificate: "certificate-1",
    privateKey: "key-1",
    sandbox: true,
  }),
  declareLeast: (friendlyName) => ({ type: "fcm", friendlyName, secret: "secret-1" }),
  updates: {
    friendlyName: () => ({ value: "another name", form: { FriendlyName: "another name" } }),
    certificate: () => ({ value: "certificate-2", form: { Certificate: "certificate-2" } }),
    privateKey: () => ({ value: "key-2", form: { PrivateKey: "key-2" } }),
    sandbox: () => ({ value: false, form: { Sandbox: "false" } }),
    type: () => ({
      with: { ...NOT_APN, type: "gcm", apiKey: "api-key" },
      form: { Type: "gcm", ApiKey: "api-key", Sandbox: "false" },
    }),
    apiKey: () => ({
      with: { ...NOT_APN, type: "gcm", apiKey: "api-key" },
      form: { Type: "gcm", ApiKey: "api-key", Sandbox: "false" },
    }),
    secret: () => ({
      with: { ...NOT_APN, type: "fcm", secret: "secret" },
      form: { Type: "fcm", Secret: "secret", Sandbox: "false" },
    }),
  },
  replacements: {},
  drifts: {
    type: () => ({ fields: { type: "gcm" }, keys: ["type"] }),
    friendlyName: () => ({ fields: { friendly_name: "changed" }, keys: ["friendlyName"] }),
    sandbox: () => ({ fields: { sandbox: "False" }, keys: ["sandbox"] }),
  },
  withUnknowns: () => (declare) => {
    const parent = declare(Conversation, "parent", {});
    declare(Credential, "unknown", { type: "fcm", friendlyName: parent.id, secret: parent.id });
  },
  located: () => ({}),
  rowsOf: (simulator) => simulator.rows("CR"),
  makeOutside: ({ type, friendlyName, certificate, privateKey, sandbox }, { account }) =>
    account.post("/Credentials", {
      Type: String(type),
      FriendlyName: String(friendlyName),
      Certificate: String(certificate),
      PrivateKey: String(privateKey),
      Sandbox: String(sandbox),
    }),
};

export const credentialTable: TypeTable = {
  lifecycle: { stack: "objects", specimen },
  everyField: {
    type: "apn",
    friendlyName: "phones",
    certificate: "-----BEGIN CERTIFICATE-----",
    privateKey: "-----BEGIN RSA PRIVATE KEY-----",
    sandbox: true,
    apiKey: "an API key",
    secret: "a server key",
    account: "eu",
    adopt: "always",
  },
  alternatives: [
    { apiKey: undefined, secret: undefined },
    { type: "gcm", certificate: undefined, privateKey: undefined, sandbox: undefined, secret: undefined },
    { type: "fcm", certificate: undefined, privateKey: undefined, sandbox: undefined, apiKey: undefined },
  ],
  drifted: () => [
    {
      inputs: {
        type: "apn",
        friendlyName: "phones",
        sandbox: true,
        certificate: "a certificate",
        privateKey: "a key",
      },
      drifts: { type: ["gcm"], friendlyName: ["changed", null], sandbox: ["False"] },
    },
  ],
  reviewed: [
    {
      refuses: ["renamed without alias"],
      args: ({ label }) => ({
        type: "apn",
        friendlyName: label,
        sandbox: true,
        certificate: "a certificate",
        privateKey: "a key",
      }),
      updated: () => ({ sandbox: false, privateKey: "another key" }),
      dropped: () => ({ sandbox: undefined }),
      drift: () => ({ sandbox: "False" }),
      followed: () => ({ sandbox: false }),
      located: () => ({}),
    },
  ],
  inEstate: {
    district: ({ name }) => ({
      [`${name}-phones`]: {
        type: "fcm",
        friendlyName: name,
        secret: `the key of ${name}`,
        // Nothing but this tells whose an equally named one is, so that a later run is refused it otherwise.
        adopt: "always",
      },
    }),
  },
  label: ["type", "friendly_name"],
  writeLimit: "none",
  hasLookUp: false,
  path: "Credentials/id",
};
