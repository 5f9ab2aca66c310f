/** The words of a name in camel case, joined. */
export function separated(name: string, joint: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, joint);
}
