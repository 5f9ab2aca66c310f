import { conversationsOf, type Kind, MEMBERS_OF_A_CONVERSATION, type Setting } from "./setting";

interface Member {
  readonly identity: string;
  readonly attributes: { readonly team: string; readonly shift: number; readonly revision: number };
}

/** What `program.cjs` is given as data. */
export interface Declaration {
  readonly kind: Kind;
  readonly conversations: readonly {
    readonly name: string;
    readonly members: Readonly<Record<string, Member>>;
  }[];
}

/** So many members, in as few conversations as can hold them; another revision changes every one of them. */
export function declarationOf(setting: Setting, revision: number): Declaration {
  const conversations = Array.from({ length: conversationsOf(setting) }, (_, at) => {
    const first = at * MEMBERS_OF_A_CONVERSATION;
    const size = Math.min(MEMBERS_OF_A_CONVERSATION, setting.members - first);
    const members = Array.from({ length: size }, (_, index) => member(first + index, revision));
    return {
      name: `desk-${at}`,
      members: Object.fromEntries(members.map((one) => [one.identity, one])),
    };
  });
  return { kind: setting.kind, conversations };
}

function member(at: number, revision: number): Member {
  const identity = `user-${String(at).padStart(5, "0")}`;
  return { identity, attributes: { team: "support", shift: at % 3, revision } };
}
