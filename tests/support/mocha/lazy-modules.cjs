"use strict";
const Module = require("node:module");

// The SDK loads npm's arborist and TypeScript in every process, for the serializer of providers that is not used here: two
// thirds of the time that the SDK takes to load (measured at 3.255.0). They are loaded when something asks for them.
const isSeldomUsed = (request, parent) =>
  request === "@npmcli/arborist" ||
  (request === "typescript" && parent?.filename?.endsWith("typescript-shim.js") === true);

const load = Module._load;
Module._load = (request, parent, isMain) => {
  if (!isSeldomUsed(request, parent)) return load(request, parent, isMain);
  let loaded;
  const real = () => {
    loaded ??= load(request, parent, isMain);
    return loaded;
  };
  return new Proxy(class {}, {
    get: (_target, name) => (name === "__esModule" ? undefined : real()[name]),
    construct: (_target, args) => Reflect.construct(real(), args),
  });
};
