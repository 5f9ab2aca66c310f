import { createHmac } from "node:crypto";

/** Twilio's signature of a webhook: the URL with the sorted form fields, signed with the account's token. */
export function signature(authToken: string, url: string, form: Readonly<Record<string, string>>): string {
  const fields = Object.keys(form)
    .sort()
    .map((name) => name + form[name]);
  return createHmac("sha1", authToken)
    .update([url, ...fields].join(""))
    .digest("base64");
}
