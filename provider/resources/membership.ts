import { isObject, type Json, type JsonObject } from "../engine/json";
import type { Problem } from "../engine/problem";
import { containsUnknown, isUnknown } from "../engine/unknown";

/**
 * Who can be a participant: identity; address with proxy address; identity with projected address; and for group
 * MMS only, address or projected address alone. Twilio answers everything else with these errors.
 */
export function membershipProblems(inputs: JsonObject): Problem[] {
  const { identity, messagingBinding: binding, groupMms } = inputs;
  if (isUnknown(binding) || (binding !== undefined && !isObject(binding))) return [];
  const { address, proxyAddress, projectedAddress } = binding ?? {};
  const problems = addressProblems(address, proxyAddress);
  if (containsUnknown([identity, address, proxyAddress, projectedAddress, groupMms])) return problems;
  const combination = [
    identity === undefined ? "" : "identity",
    address === undefined ? "" : "address",
    proxyAddress === undefined ? "" : "proxyAddress",
    projectedAddress === undefined ? "" : "projectedAddress",
  ];
  const problem = COMBINATIONS[combination.filter((part) => part !== "").join("+")];
  if (problem === "groupMms") return groupMms === true ? problems : [...problems, aloneProblem(address)];
  return problem === undefined ? problems : [...problems, problem];
}

const WITH_IDENTITY: Problem = {
  path: "messagingBinding",
  message: "cannot have an address or a proxy address beside identity",
  twilioCode: 50211,
  cure: "Declare two participants: one by identity, one by address and proxyAddress.",
};
const WITH_PROJECTED: Problem = {
  path: "messagingBinding.projectedAddress",
  message: "cannot stand beside address or proxyAddress",
  twilioCode: 50443,
  cure: "Give it together with identity, or alone with groupMms: true.",
};
const PROXY_ALONE: Problem = {
  path: "messagingBinding.address",
  message: "is missing beside proxyAddress",
  twilioCode: 50411,
  cure: "Give the person's address.",
};

/** What each combination that is not always valid comes to. */
const COMBINATIONS: Readonly<Record<string, Problem | "groupMms">> = {
  "": {
    path: "",
    message: "declares nobody: neither identity nor messagingBinding",
    twilioCode: 50204,
    cure: "Give identity, or messagingBinding with address and proxyAddress.",
  },
  "identity+address": WITH_IDENTITY,
  "identity+proxyAddress": WITH_IDENTITY,
  "identity+address+proxyAddress": WITH_IDENTITY,
  "identity+address+projectedAddress": WITH_IDENTITY,
  "identity+proxyAddress+projectedAddress": WITH_IDENTITY,
  "identity+address+proxyAddress+projectedAddress": WITH_IDENTITY,
  proxyAddress: PROXY_ALONE,
  "proxyAddress+projectedAddress": PROXY_ALONE,
  "address+projectedAddress": WITH_PROJECTED,
  "address+proxyAddress+projectedAddress": WITH_PROJECTED,
  address: "groupMms",
  projectedAddress: "groupMms",
};

function aloneProblem(address: Json | undefined): Problem {
  return address === undefined
    ? {
        path: "messagingBinding.projectedAddress",
        message: "needs an identity",
        twilioCode: 50204,
        cure: "Give identity too, or groupMms: true for a group MMS without it.",
      }
    : {
        path: "messagingBinding.proxyAddress",
        message: "is missing beside address",
        twilioCode: 50412,
        cure: "Give the Twilio number that the person sees, or groupMms: true for a native group MMS.",
      };
}

function addressProblems(address: Json | undefined, proxyAddress: Json | undefined): Problem[] {
  if (typeof address !== "string" || typeof proxyAddress !== "string") return [];
  if (isUnknown(address) || isUnknown(proxyAddress)) return [];
  const path = "messagingBinding.proxyAddress";
  if (address === proxyAddress)
    return [{ path, message: "is the same as address", twilioCode: 50409, cure: "Give the Twilio sender." }];
  if (channelOf(address) !== channelOf(proxyAddress))
    return [
      {
        path,
        message: "is of another channel than address",
        twilioCode: 50414,
        cure: `Write both with the same prefix, for example whatsapp: or none for SMS.`,
      },
    ];
  return [];
}

/** `whatsapp:+1415…` → whatsapp; a plain number or sender has none. */
function channelOf(address: string): string {
  return /^([a-z]+):/i.exec(address)?.[1]?.toLowerCase() ?? "";
}

/** Whether a live participant is the declared one, by identity or by both ends of its binding. */
export function bindingMatches(inputs: JsonObject, live: JsonObject): boolean {
  const wanted = isObject(inputs["messagingBinding"]) ? inputs["messagingBinding"] : {};
  const found = isObject(live["messagingBinding"]) ? live["messagingBinding"] : {};
  if (inputs["identity"] !== undefined) return live["identity"] === inputs["identity"];
  const parts = ["address", "proxyAddress", "projectedAddress"] as const;
  return parts.every((part) => (wanted[part] ?? null) === (found[part] ?? null));
}

/** What Twilio allows once in a conversation: the identity, or both ends of the binding; none where it is not known. */
export function memberKey({ identity, messagingBinding: binding }: JsonObject): string | undefined {
  const ends = isObject(binding)
    ? ["address", "proxyAddress", "projectedAddress"].map((name) => binding[name] ?? null)
    : [];
  const key = identity === undefined ? ends : [identity];
  return key.length === 0 || containsUnknown(key) ? undefined : JSON.stringify(key);
}
