"use strict";
const pulumi = require("@pulumi/pulumi");
const declareAll = require("./declare-all.cjs");

/** Declares what the data have under the stack's name. */
module.exports = function declareByStack(byStack) {
  declareAll(byStack[pulumi.getStack()] ?? []);
};
