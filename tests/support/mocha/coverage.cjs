// For `npm run coverage`: the engine ends a provider with SIGINT (seen at 3.255.0), of which Node dies without writing
// what it covered.
if (process.env.NODE_V8_COVERAGE !== undefined) {
  process.env.NODE_OPTIONS ??= `--require ${JSON.stringify(__filename)}`;
  if (process.argv[1]?.includes("dynamic-provider")) process.once("SIGINT", () => process.exit());
}
