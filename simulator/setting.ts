import { UsageError } from "./rules/errors";
import { defaultLimits, defaultSwitches, type Limits, type Switches, switchValues } from "./rules/switches";
import type { SimulatorOptions } from "./simulator-types";

/** Applies one `name=value` of a switch or a limit in LIMITS.md. */
export function applySetting(options: SimulatorOptions, setting: string): void {
  const mark = setting.indexOf("=");
  const [name, value] = [setting.slice(0, Math.max(mark, 0)), setting.slice(mark + 1)];
  if (Object.hasOwn(defaultLimits, name)) {
    if (!/^\d{1,9}$/.test(value)) throw new UsageError(`--set ${name} takes a whole number, not ${value}`);
    options.limits = { ...options.limits, [name as keyof Limits]: Number(value) };
    return;
  }
  if (!Object.hasOwn(defaultSwitches, name)) {
    const known = [...Object.keys(defaultSwitches), ...Object.keys(defaultLimits)].join(", ");
    throw new UsageError(`--set takes name=value, not ${setting}; the names are ${known}`);
  }
  options.switches = { ...options.switches, [name]: switchValue(name as keyof Switches, value) };
}

function switchValue(name: keyof Switches, value: string): unknown {
  if (name === "ownedAddresses") return value === "" ? null : value.split(",");
  const values = switchValues[name];
  const index = values.map(String).indexOf(value);
  if (index < 0) throw new UsageError(`--set ${name} takes ${values.join(" or ")}, not ${value}`);
  return values[index];
}
