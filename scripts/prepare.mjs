import { buildPackage, linkPackage } from "./own-package.mjs";
import { findToolchain } from "./toolchain/find.mjs";
import { installToolchain } from "./toolchain/install.mjs";
import { checkRequirements } from "./toolchain/requirements.mjs";

/** Makes whatever a Pulumi program in this clone needs and is not there yet; returns the toolchain. */
export async function prepare(say) {
  checkRequirements();
  linkPackage();
  buildPackage(say);

  const { found, notes } = findToolchain();
  if (found !== undefined) return found;
  for (const note of notes) say(note);
  await installToolchain(say);
  return findToolchain().found;
}
