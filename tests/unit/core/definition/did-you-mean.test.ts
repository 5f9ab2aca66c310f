import { equal } from "node:assert/strict";
import { didYouMean, nearest, spellingHint } from "../../../../provider/core/definition/did-you-mean";

describe("nearest", () => {
  const words = ["sendMessage", "sendMediaMessage", "addParticipant"];

  it("finds what a letter more, less or other makes of the word", () => {
    for (const word of ["sendMessages", "sndMessage", "zendMessage", "sendMesage", "ssendMessag"])
      equal(nearest(word, words, 2), "sendMessage", word);
  });

  it("finds nothing beyond the edits that are allowed", () => {
    equal(nearest("sendMess", words, 2), undefined);
    equal(nearest("sendMess", words, 3), "sendMessage");
    equal(nearest("xddxarticixant", words, 2), undefined);
    equal(nearest("", words, 2), undefined);
    equal(nearest("sendMessage", [], 2), undefined);
  });

  it("leaves the case aside", () => equal(nearest("SENDMESSAGE", words, 0), "sendMessage"));

  it("takes the nearest, and the first of two", () => {
    equal(nearest("alice", ["alicia", "alive", "alices"], 2), "alive");
    equal(nearest("bo", ["bob", "boa"], 1), "bob");
    equal(nearest("bob", ["boa", "bob"], 1), "bob");
  });
});

describe("what a name was meant to be", () => {
  const names = ["roleSid", "identity", "url", "defaultConversationRoleSid"];

  it("is the one that is spelt in another way, however many edits that takes", () => {
    equal(didYouMean("default_conversation_role_sid", names), "defaultConversationRoleSid");
    equal(didYouMean("ROLE-SID", names), "roleSid");
  });

  it("is the nearest within two edits, of three letters within one", () => {
    equal(didYouMean("idenity", names), "identity");
    equal(didYouMean("idety", names), undefined);
    equal(didYouMean("uri", names), "url");
    equal(didYouMean("uno", names), undefined);
  });

  it("is offered, or else what there is", () => {
    equal(spellingHint("rolSid", names, "Use another."), "Did you mean roleSid?");
    equal(spellingHint("colour", names, "Use another."), "Use another.");
  });
});
