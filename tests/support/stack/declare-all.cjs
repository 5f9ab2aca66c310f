"use strict";
const pulumi = require("@pulumi/pulumi");
const twilio = require("pulumi-twilio-conversations");

/**
 * Declares what is given as data: a program that starts in no time, whatever is in it. `{ $of: name, output }` is an
 * output of what came before, its id unless told; `{ $resource: name }` is that itself, `{ $root: true }` the stack, and
 * `{ $secret: value }` a secret. With `get`, a SID, it is only read; the type `Group` is a component with nothing in it.
 * `aliasesOf` gives what is in a component the names that it had at the stack's root.
 */
module.exports = function declareAll(resources) {
  const declared = new Map();
  const resolved = (value) => {
    if (Array.isArray(value)) return value.map(resolved);
    if (typeof value !== "object" || value === null) return value;
    if ("$secret" in value) return pulumi.secret(value.$secret);
    if ("$root" in value) return pulumi.rootStackResource;
    if ("$resource" in value) return declared.get(value.$resource);
    if ("$of" in value) return declared.get(value.$of)[value.output ?? "id"];
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item)]));
  };
  const declare = ({ type, name, args, opts, get }) => {
    const { aliasesOf, ...others } = opts ?? {};
    const options = { ...resolved(others), ...(aliasesOf && { transforms: [aliasing(aliasesOf)] }) };
    if (type === "Group") return new pulumi.ComponentResource("test:index:Group", name, {}, options);
    if (get !== undefined) return twilio[type].get(name, { ...resolved(args), sid: get }, options);
    return new twilio[type](name, resolved(args), options);
  };
  for (const resource of resources) declared.set(resource.name, declare(resource));
};

function aliasing(oldNames) {
  return ({ name, props, opts }) => {
    if (!(name in oldNames)) return undefined;
    const alias = { name: oldNames[name], parent: pulumi.rootStackResource };
    return { props, opts: { ...opts, aliases: [alias] } };
  };
}
