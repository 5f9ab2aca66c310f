/** The simulator refused a request; for an unknown name it lists the known ones. */
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

/** Sends a control request to a simulator in another process. Twilio has no such API. */
export async function askControl(url: URL, operation: "change" | "delete", body: unknown): Promise<void> {
  const where = new URL(`/_control/${operation}`, url);
  const headers = { "Content-Type": "application/json" };
  const request = { method: "POST", headers, body: JSON.stringify(body) };
  const answer = await fetch(where, request).catch(() => undefined);
  if (answer === undefined)
    throw new Error(`no simulator answers at ${url.origin}: start it, or correct its address.`);
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
