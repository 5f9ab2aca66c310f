import { containsUnknown, isUnknown } from "../../core/engine-transport";
import { isObject, type Json, type JsonObject, sameJson } from "../../core/json";
import type { Problem } from "../../core/problem";
import { channelOf, longCodeFinding } from "../fields/address";

/**
 * Allows identity; address with proxy address; an e-mail address; identity with projected address; and, for group MMS
 * only, a number or projected address alone. Twilio refuses all else with these errors.
 */
export function membershipProblems(
  inputs: JsonObject,
  _creating?: boolean,
  olds: JsonObject = {},
): Problem[] {
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
  if (problem === "alone") {
    const isTaken = sameJson(olds["messagingBinding"], binding);
    return [...problems, ...aloneProblems(address, groupMms === true, isTaken)];
  }
  return problem === undefined ? problems : [...problems, problem];
}

const WITH_IDENTITY: Problem = {
  path: "messagingBinding",
  message: "cannot have an address or a proxy address beside identity",
  twilioCode: 50211,
  hint: "Declare two participants: one by identity, one by address and proxyAddress.",
};
const WITH_PROJECTED: Problem = {
  path: "messagingBinding.projectedAddress",
  message: "cannot stand beside address or proxyAddress",
  twilioCode: 50443,
  hint: "Give it together with identity, or alone with groupMms: true.",
};
const PROXY_ALONE: Problem = {
  path: "messagingBinding.address",
  message: "is missing beside proxyAddress",
  twilioCode: 50411,
  hint: "Give the person's address.",
};

/** The problem of each combination that is not always valid. */
const COMBINATIONS: Readonly<Record<string, Problem | "alone">> = {
  "": {
    path: "",
    message: "declares nobody: neither identity nor messagingBinding",
    twilioCode: 50204,
    hint: "Give identity, or messagingBinding with address and proxyAddress.",
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
  address: "alone",
  projectedAddress: "alone",
};

const PROXY_PATH = "messagingBinding.proxyAddress";

/** Problems of one address alone. `isTaken`: Twilio has accepted this binding already. */
function aloneProblems(address: Json | undefined, groupMms: boolean, isTaken: boolean): Problem[] {
  if (typeof address === "string" && !takesProxy(address)) return [];
  const isNumber = typeof address !== "string" || channelOf(address) === "sms";
  if (groupMms && isNumber)
    return typeof address === "string" && !isTaken ? found("messagingBinding.address", address) : [];
  if (address === undefined)
    return [
      {
        path: "messagingBinding.projectedAddress",
        message: "needs an identity",
        twilioCode: 50204,
        hint: "Give identity too, or groupMms: true for a group MMS without it.",
      },
    ];
  const hint = isNumber
    ? "Give the Twilio number that the person sees, or groupMms: true for a native group MMS."
    : "Give the Twilio sender that the person sees.";
  return [{ path: PROXY_PATH, message: "is missing beside address", twilioCode: 50412, hint }];
}

function found(path: string, number: string): Problem[] {
  const finding = longCodeFinding(number);
  return finding === undefined ? [] : [{ path, twilioCode: 50407, ...finding }];
}

/** Whether the channel of an address has proxy addresses. E-mail has none (50453). */
export function takesProxy(address: string): boolean {
  return channelOf(address) !== "email";
}

/** Whether a participant has the binding of a native group MMS: a projected address, or a number alone. */
export function isGroupMms({ messagingBinding: binding }: JsonObject): boolean {
  if (!isObject(binding)) return false;
  const { address, proxyAddress, projectedAddress } = binding;
  if (typeof projectedAddress === "string") return true;
  return typeof address === "string" && takesProxy(address) && typeof proxyAddress !== "string";
}

function addressProblems(address: Json | undefined, proxyAddress: Json | undefined): Problem[] {
  if (typeof address !== "string" || typeof proxyAddress !== "string") return [];
  if (isUnknown(address) || isUnknown(proxyAddress)) return [];
  const path = PROXY_PATH;
  if (!takesProxy(address))
    return [
      {
        path,
        message: "is not possible beside an e-mail address",
        twilioCode: 50453,
        hint: "Remove it: an e-mail address stands alone.",
      },
    ];
  if (address === proxyAddress)
    return [{ path, message: "is the same as address", twilioCode: 50409, hint: "Give the Twilio sender." }];
  if (channelOf(address) !== channelOf(proxyAddress))
    return [
      {
        path,
        message: "is of another channel than address",
        twilioCode: 50414,
        hint: `Write both with the same prefix, for example whatsapp: or none for SMS.`,
      },
    ];
  return [];
}

/** Whether a live participant is the declared one, by identity or by both ends of its binding. */
export function bindingMatches(inputs: JsonObject, live: JsonObject): boolean {
  const wanted = isObject(inputs["messagingBinding"]) ? inputs["messagingBinding"] : {};
  const found = isObject(live["messagingBinding"]) ? live["messagingBinding"] : {};
  if (inputs["identity"] !== undefined) return live["identity"] === inputs["identity"];
  const parts = ["address", "proxyAddress", "projectedAddress"] as const;
  return parts.every((part) => (wanted[part] ?? null) === (found[part] ?? null));
}

/** The natural key of a participant: identity, or both ends of the binding. Undefined while unknown. */
export function memberKey({ identity, messagingBinding: binding }: JsonObject): string | undefined {
  const ends = isObject(binding)
    ? ["address", "proxyAddress", "projectedAddress"].map((name) => binding[name] ?? null)
    : [];
  const key = identity === undefined ? ends : [identity];
  return key.length === 0 || containsUnknown(key) ? undefined : JSON.stringify(key);
}
