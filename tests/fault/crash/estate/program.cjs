"use strict";
const twilio = require("pulumi-twilio-conversations");

/** Declares an estate that was given as data: a program that starts in no time, whatever is in it. */
module.exports = function declareAll(estate) {
  const declared = new Map();
  const resolved = (value) => {
    if (Array.isArray(value)) return value.map(resolved);
    if (typeof value !== "object" || value === null) return value;
    if ("$of" in value) return declared.get(value.$of)[value.output];
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item)]));
  };
  for (const { type, name, args } of estate) declared.set(name, new twilio[type](name, resolved(args)));
};
