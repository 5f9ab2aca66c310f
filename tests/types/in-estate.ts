/** One declaration, as data: the program of a process of its own and the oracle read the same. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  /** `{ $of: name, output }` stands for an output of what is declared before it. */
  readonly args: Args;
}
export type Args = Readonly<Record<string, unknown>>;

/** What a type declares for each account, district or room of the estate: the arguments by the resource's name. */
export type InEstate = { [Kind in keyof Places]: Pick<Parts, Kind> }[keyof Places];
export type Parts = {
  readonly [Kind in keyof Places]: (place: Places[Kind]) => Readonly<Record<string, Args>>;
};

export interface Places {
  readonly account: { readonly name: string };
  readonly district: District;
  readonly room: Room;
}

/** It has its own service and roles, and a room in that service and one in the account's default service. */
export interface District {
  readonly name: string;
  readonly serviceSid: Output;
  readonly agentSid: Output;
  readonly staffSid: Output;
  /** A number of its own for each line below 100. */
  readonly phone: (line: number) => string;
}

/** A conversation, with its members and all else that is in it. */
export interface Room {
  readonly name: string;
  /** `{ serviceSid }`, or nothing in the default service. */
  readonly place: Args;
  /** The same with the conversation. */
  readonly inRoom: Args;
  /** The identity of a user whom the program declares too, and who joins without waiting for that. */
  readonly host: string;
  /** What the host has besides: `{ roleSid }`, or nothing. */
  readonly hostArgs: Args;
  /** The identity of a member whom no user is declared of. */
  readonly guest: string;
  readonly callerAddress: string;
}

interface Output {
  readonly $of: string;
  readonly output: string;
}

export function idOf(name: string): Output {
  return { $of: name, output: "id" };
}

export function url(name: string): string {
  return `https://example.com/${name}`;
}

/** The arguments of a webhook in a conversation. */
export function webhook(name: string): Args {
  return {
    target: "webhook",
    configuration: { url: url(name), method: "post", filters: ["onMessageAdded"] },
  };
}

export function binding(address: string): Args {
  return { address, proxyAddress: "+15005550001" };
}
