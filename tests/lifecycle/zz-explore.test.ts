import { createServer } from "node:net";
import { Conversation, Participant, Role } from "../../provider";
import { useTestBed } from "../support/test-bed";
describe("explore", function () {
  this.timeout(900000);
  let added = false;
  const bed = useTestBed(async () => {
    if (added) for (let i = 0; i < 5; i++) new Role(`added${i}`, { friendlyName: `added${i}`, type: "conversation", permissions: ["sendMessage"] });
    const role = new Role("agent", { friendlyName: "agent", type: "conversation", permissions: ["sendMessage"] });
    const conversation = new Conversation("support", { uniqueName: "support" });
    for (const identity of ["alice", "bob"]) new Participant(identity, { conversationSid: conversation.id, identity, roleSid: role.id });
  });
  it("y", async () => {
    const { stack, simulator } = bed;
    await stack.up();
    const env = { ...stack.environment };
    const show = async (what: string, op: () => Promise<unknown>) => {
      simulator.clearRequests();
      const t = Date.now();
      let text = "";
      try { const o: any = await op(); text = "OK " + JSON.stringify(o.steps) + "\n" + o.text; } catch (e) { text = String(e).split("err?:")[0]!; }
      console.log(`\n##### ${what} ${Date.now() - t} ms`);
      console.log(text.split("\n").filter((l) => /error|twilio: |warning/.test(l) && !/^ [~+] /.test(l)).join("\n"));
      console.log([...simulator.requests()].map((r) => `${r.method} ${r.path} ${r.status}`));
      console.log("STATE", Object.keys(stack.state()));
    };
    const all = async (what: string) => {
      added = true;
      await show(`${what} preview`, () => stack.preview());
      await show(`${what} up`, () => stack.up());
      added = false;
      await show(`${what} refresh`, () => stack.refresh());
      Object.assign(stack.environment, { TWILIO_REGION: "", TWILIO_API_KEY: "", ...env });
    };
    Object.assign(stack.environment, { TWILIO_AUTH_TOKEN: "CANARY-TOKEN" });
    await all("WRONG TOKEN");
    Object.assign(stack.environment, { TWILIO_ACCOUNT_SID: "", TWILIO_AUTH_TOKEN: "" });
    await all("MISSING");
    Object.assign(stack.environment, { TWILIO_API_KEY: "SK1" });
    await all("HALF");
    Object.assign(stack.environment, { TWILIO_CONVERSATIONS_URL: "http://example.com" });
    await all("PLAIN");
    Object.assign(stack.environment, { TWILIO_CONVERSATIONS_URL: "CANARY" });
    await show(`INVALID URL refresh`, () => stack.refresh());
    Object.assign(stack.environment, env);
    await stack.setConfig("twilio:accountSid", `AC${"2".repeat(32)}`);
    await show(`TWO refresh`, () => stack.refresh());
    await show(`TWO preview`, () => stack.preview());
    await stack.setConfig("twilio:accountSid", "");
    await stack.setConfig("twilio:timeoutSeconds", "3");
    await stack.up();
    // a closed port, same origin: close simulator
    await simulator.close();
    added = true;
    await show(`UNREACHABLE up`, () => stack.up());
    added = false;
    await show(`UNREACHABLE refresh`, () => stack.refresh());
    await show(`UNREACHABLE preview`, () => stack.preview());
  });
});
