import assert from "node:assert/strict";
import type { Simulator } from "../../simulator";

export type Row = Record<string, unknown> & { sid: string };

/** A person with a REST client: makes the objects that no program declares. */
export class TwilioAccount {
  constructor(
    readonly simulator: Simulator,
    readonly account = simulator.account,
    /** Before the names of what is made here: several can work in one account. */
    readonly prefix = "",
  ) {}

  get(path: string): Promise<Row> {
    return this.request("GET", path);
  }

  post(path: string, form: Record<string, string | string[]>): Promise<Row> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(form))
      for (const item of [value].flat()) body.append(name, item);
    return this.request("POST", path, body);
  }

  private async request(method: string, path: string, body?: URLSearchParams): Promise<Row> {
    const { accountSid, authToken } = this.account;
    const answer = await fetch(`${this.simulator.url}/v1${path}`, {
      method,
      ...(body && { body }),
      headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}` },
    });
    const row = (await answer.json()) as Row;
    assert.ok(answer.ok, `${method} ${path}: ${JSON.stringify(row)}`);
    return row;
  }

  role(friendlyName: string, service = ""): Promise<Row> {
    return this.post(`${service}/Roles`, {
      FriendlyName: this.prefix + friendlyName,
      Type: "conversation",
      Permission: ["sendMessage"],
    });
  }

  conversation(uniqueName: string, service = ""): Promise<Row> {
    return this.post(`${service}/Conversations`, { UniqueName: this.prefix + uniqueName });
  }

  service(friendlyName: string): Promise<Row> {
    return this.post("/Services", { FriendlyName: this.prefix + friendlyName });
  }
}
