/** The name of the runtime in a Pulumi.yaml or Pulumi.json, plain or with options. */
export function runtimeIn(text: string): string | undefined {
  const value =
    /^\s*["']?runtime["']?\s*:[ \t]*(?:\{[^}]*?["']?name["']?\s*:\s*|\r?\n\s+name\s*:\s*)?["']?([\w-]+)/m;
  return value.exec(text)?.[1];
}

/** Whether Pulumi compiles the program: it does, unless the runtime's options say that it shall not. */
export function usesTypeScript(text: string): boolean {
  return !/["']?typescript["']?\s*:\s*["']?false\b/.test(text);
}
