import twilio from "twilio";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../../simulator/index";

// With an edge or a region in the environment the SDK rewrites the host of the simulator's URL.
delete process.env["TWILIO_EDGE"];
delete process.env["TWILIO_REGION"];

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the tests read Twilio's JSON by name
  body: any;
  headers: Headers;
}

export type FormFields = Record<string, string | readonly string[]>;

/** A simulator for one suite, driven by bare HTTP and by Twilio's own client. */
export class Fixture {
  private constructor(
    readonly simulator: Simulator,
    readonly sdk: ReturnType<typeof twilio>,
  ) {}

  static async start(options: SimulatorOptions = {}): Promise<Fixture> {
    const simulator = await startSimulator(options);
    const { accountSid, authToken } = simulator.account;
    const sdk = twilio(accountSid, authToken);
    sdk.conversations.baseUrl = simulator.url;
    return new Fixture(simulator, sdk);
  }

  get v1(): ReturnType<typeof twilio>["conversations"]["v1"] {
    return this.sdk.conversations.v1;
  }

  async send(
    method: string,
    path: string,
    form?: FormFields,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const { accountSid, authToken } = this.simulator.account;
    const response = await fetch(path.startsWith("http") ? path : this.simulator.url + path, {
      method,
      headers: { authorization: basic(accountSid, authToken), ...headers },
      ...(form ? { body: encoded(form) } : {}),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === "" ? undefined : JSON.parse(text),
      headers: response.headers,
    };
  }

  /** Makes a conversation and gives its path. */
  async conversation(form: FormFields = {}): Promise<string> {
    const { body } = await this.send("POST", "/v1/Conversations", form);
    return `/v1/Conversations/${body.sid}`;
  }

  close(): Promise<void> {
    return this.simulator.close();
  }
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

export function encoded(form: FormFields): URLSearchParams {
  const pairs = Object.entries(form).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : [...value]).map((text): [string, string] => [name, text]),
  );
  return new URLSearchParams(pairs);
}
