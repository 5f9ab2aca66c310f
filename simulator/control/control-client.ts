/** Asks a simulator in another process for something outside of the API. Twilio has nothing there. */
export async function askControl(url: URL, operation: "change" | "delete", body: unknown): Promise<void> {
  const where = new URL(`/_control/${operation}`, url);
  const headers = { "Content-Type": "application/json" };
  const request = { method: "POST", headers, body: JSON.stringify(body) };
  const answer = await fetch(where, request).catch(() => undefined);
  if (answer === undefined)
    throw new Error(`no simulator answers at ${url.origin}: start it, or mend its address.`);
  const told = (await answer.json().catch(() => undefined)) as { error?: string } | undefined;
  if (told === undefined) throw new Error(`what answers at ${url.origin} is no simulator.`);
  if (!answer.ok) throw new Error(`the simulator refused: ${told.error ?? answer.status}.`);
}
