/** A command line with the options that every test of a command gives, but for those that this one gives otherwise. */
export function withDefaults(defaults: Readonly<Record<string, string>>, args: readonly string[]): string[] {
  const missing = Object.entries(defaults).filter(([name]) => !args.includes(name));
  return [...missing.flat(), ...args];
}
