import { deepEqual, equal, notEqual } from "node:assert/strict";
import { requestFor } from "../../../provider/core/api/request";
import { validate } from "../../../provider/core/definition/validate";
import { UNKNOWN } from "../../../provider/core/engine-transport";
import type { JsonObject } from "../../../provider/core/json";
import { describeProblem } from "../../../provider/core/problem";
import { diff } from "../../../provider/core/state/diff";
import { userConversation } from "../../../provider/resources/conversation/user-conversation";
import { AC, CH, MB, sidOf } from "../../types/sids";
import { created } from "../core/state/samples";

const US = sidOf("US");
const muted: JsonObject = { userSid: "alice", conversationSid: "support", notificationLevel: "muted" };
const body = {
  account_sid: AC,
  user_sid: US,
  conversation_sid: CH,
  participant_sid: MB,
  notification_level: "muted",
  last_read_message_index: 3,
  unread_messages_count: 7,
};

describe("user conversation: what a preview refuses", () => {
  const wrongs: [string, JsonObject, [string, number | undefined][]][] = [
    [
      "nobody, nowhere",
      { notificationLevel: "muted" },
      [
        ["conversationSid", undefined],
        ["userSid", undefined],
      ],
    ],
    ["an empty user", { ...muted, userSid: "" }, [["userSid", 50202]]],
    ["a user of 257 characters", { ...muted, userSid: "a".repeat(257) }, [["userSid", 50207]]],
    ["a participant in place of the user", { ...muted, userSid: MB }, [["userSid", 50200]]],
    ["a conversation in place of the user", { ...muted, userSid: CH }, [["userSid", 50200]]],
    ["a user that no path can name", { ...muted, userSid: ".." }, [["userSid", 50200]]],
    ["a user in place of the conversation", { ...muted, conversationSid: US }, [["conversationSid", 50350]]],
    ["a level that is none", { ...muted, notificationLevel: "loud" }, [["notificationLevel", 50210]]],
    [
      "readings that are none",
      { ...muted, lastReadMessageIndex: 0.5, lastReadTimestamp: "today" },
      [
        ["lastReadMessageIndex", 50406],
        ["lastReadTimestamp", 50405],
      ],
    ],
  ];
  for (const [what, inputs, expected] of wrongs)
    it(`refuses ${what}`, () => {
      const { problems } = validate(userConversation, {}, inputs);
      deepEqual(
        problems.map((problem) => [problem.path, problem.twilioCode]),
        expected,
      );
      for (const problem of problems) notEqual(problem.hint ?? "", "", describeProblem(problem));
    });

  it("accepts a user by SID, by identity, and one that is not known yet", () => {
    for (const userSid of [US, "alice@example.com", sidOf("WK"), UNKNOWN])
      deepEqual(validate(userConversation, {}, { ...muted, userSid }).problems, []);
  });
});

describe("user conversation: which one it is", () => {
  const state = created(userConversation, muted, body);

  it("goes by the SIDs of user and conversation, as Twilio answers them", () => {
    equal(userConversation.idOf({ userSid: US, conversationSid: CH }), `${US}/${CH}`);
    for (const answer of [{ userSid: US }, { conversationSid: CH }, { userSid: null, conversationSid: CH }])
      equal(userConversation.idOf(answer), undefined);
  });

  it("is asked for by them as soon as they are known", () => {
    equal(requestFor(userConversation, "read", muted).path, "/v1/Users/alice/Conversations/support");
    equal(requestFor(userConversation, "update", state).path, `/v1/Users/${US}/Conversations/${CH}`);
  });

  it("does not change when the program comes to name them by their SIDs", () => {
    const bySid = { ...muted, userSid: US, conversationSid: CH };
    deepEqual(diff(userConversation, state, bySid).replaces, []);
    deepEqual(diff(userConversation, state, { ...bySid, userSid: "bob" }).replaces, ["userSid"]);
  });

  it("keeps of Twilio's answer what the program can use", () => {
    equal(state["participantSid"], MB);
    equal("unreadMessagesCount" in state, false);
  });
});
