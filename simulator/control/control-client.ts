/** The simulator refuses what it was asked, and says which names it knows where it does not know one. */
export class ControlRefusal extends Error {
  override name = "ControlRefusal";

  constructor(
    readonly reason: string,
    readonly given: string | undefined,
    readonly known: readonly string[],
  ) {
    super(`the simulator refused: ${reason}.`);
  }
}

/** Asks a simulator in another process for something outside of the API. Twilio has nothing there. */
export async function askControl(url: URL, operation: "change" | "delete", body: unknown): Promise<void> {
  const where = new URL(`/_control/${operation}`, url);
  const headers = { "Content-Type": "application/json" };
  const request = { method: "POST", headers, body: JSON.stringify(body) };
  const answer = await fetch(where, request).catch(() => undefined);
  if (answer === undefined)
    throw new Error(`no simulator answers at ${url.origin}: start it, or mend its address.`);
  const told: unknown = await answer.json().catch(() => undefined);
  if (typeof told !== "object" || told === null)
    throw new Error(`what answers at ${url.origin} is no simulator.`);
  if (answer.ok) return;
  const { error, given, known } = told as Readonly<Record<string, unknown>>;
  throw new ControlRefusal(
    typeof error === "string" ? error : String(answer.status),
    typeof given === "string" ? given : undefined,
    Array.isArray(known) ? known.filter((name) => typeof name === "string") : [],
  );
}
