import { CodedError } from "../rules/errors";
import { choiceOfAnyCase, flag, text, type Values } from "../rules/fields";
import type { Call, Plan, View } from "../rules/world";
import { removeCredential } from "../state/removal";
import type { CredentialRow, JsonObject } from "../state/rows";
import { collection, listing, write } from "./collection";

const fields = {
  Type: choiceOfAnyCase(["apn", "gcm", "fcm"]),
  FriendlyName: text((limits) => limits.credentialNameChars, 50003),
  Certificate: text(),
  PrivateKey: text(),
  Sandbox: flag(),
  ApiKey: text(),
  Secret: text(),
};

/** Twilio writes this flag as a capitalised word. */
function sandboxText(isSandbox: boolean): string {
  return isSandbox ? "True" : "False";
}

function planCreate(call: Call, values: Values<typeof fields>): Plan {
  const { account } = call;
  if (values.Type === undefined) throw new CodedError(20001, "Type is missing");
  const now = call.clock.nowText();
  const row: CredentialRow = {
    sid: call.newSid("CR"),
    order: 0,
    account_sid: account.account.accountSid,
    friendly_name: values.FriendlyName || null,
    type: values.Type,
    sandbox: sandboxText(values.Sandbox ?? false),
    date_created: now,
    date_updated: now,
  };
  return {
    row,
    commit: () => {
      account.credentials.insert(row);
      account.secrets.set(row.sid, secretsIn(values));
    },
  };
}

function planUpdate(call: Call, values: Values<typeof fields>, row: CredentialRow): Plan {
  const changed: Partial<CredentialRow> = { date_updated: call.clock.nowText() };
  if (values.FriendlyName !== undefined) changed.friendly_name = values.FriendlyName || null;
  if (values.Type !== undefined) changed.type = values.Type;
  if (values.Sandbox !== undefined) changed.sandbox = sandboxText(values.Sandbox);
  const { credentials, secrets } = call.account;
  return {
    row,
    commit: () => {
      credentials.patch(row, changed);
      secrets.set(row.sid, { ...secrets.get(row.sid), ...secretsIn(values) });
    },
  };
}

/** The secrets in a request, under the names they would have in an answer. */
function secretsIn({ Certificate, PrivateKey, ApiKey, Secret }: Values<typeof fields>): JsonObject {
  const named = { certificate: Certificate, private_key: PrivateKey, api_key: ApiKey, secret: Secret };
  const given = Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(given);
}

export function renderCredential({ order: _order, ...row }: CredentialRow, view: View): JsonObject {
  return { ...row, url: `${view.base}/Credentials/${row.sid}` };
}

export const credentialRoutes = collection<undefined, CredentialRow>({
  name: "Credential",
  scope: "account",
  path: "/Credentials",
  key: "credentials",
  pageSize: { default: 50, max: 100 },
  parent: () => undefined,
  find: (call, _account, id) => call.account.credentials.get(id),
  list: listing({}, (call) => ({ rows: call.account.credentials.inGroup("") })),
  create: write(fields, planCreate),
  update: write(fields, planUpdate),
  remove: (call, row) => ({ row, commit: () => removeCredential(call.account, row) }),
  render: renderCredential,
});
