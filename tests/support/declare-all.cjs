"use strict";
const pulumi = require("@pulumi/pulumi");
const twilio = require("pulumi-twilio-conversations");

/**
 * Declares what is given as data: a program that starts in no time, whatever is in it. `{ $of: name, output }` is an
 * output of what came before, its id unless told; `{ $secret: value }` is a secret.
 */
module.exports = function declareAll(resources) {
  const declared = new Map();
  const resolved = (value) => {
    if (Array.isArray(value)) return value.map(resolved);
    if (typeof value !== "object" || value === null) return value;
    if ("$secret" in value) return pulumi.secret(value.$secret);
    if ("$of" in value) return declared.get(value.$of)[value.output ?? "id"];
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item)]));
  };
  for (const { type, name, args } of resources) declared.set(name, new twilio[type](name, resolved(args)));
};
