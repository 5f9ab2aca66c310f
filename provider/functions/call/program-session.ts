import type { runtime } from "@pulumi/pulumi";
import * as pulumi from "@pulumi/pulumi";
import { processEnvironment } from "../../core/api/settings";
import { currentRun } from "../../core/program/current-run";
import { indexToken } from "../../core/program/provider-text";
import { Session } from "../../core/run/session";

const sessions = new WeakMap<object, Session>();

/** What all look-ups of one run of a program share. The resources of the run have their own, in the plugin. */
export function programSession(): Session {
  const run = currentRun();
  const known = sessions.get(run);
  if (known !== undefined) return known;
  const config = new pulumi.Config("twilio");
  const session = new Session(
    processEnvironment(),
    (key) => config.get(key),
    (message) => void pulumi.log.warn(message),
  );
  sessions.set(run, session);
  return session;
}

/**
 * What the mocks of a unit test answer to a look-up. Asked by themselves, and not by the SDK's `invoke`, which would
 * make an object of a list, and leaves out what an error says (measured at 3.255.0).
 */
export async function mocked(mocks: runtime.Mocks, name: string, args: object): Promise<unknown> {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  return mocks.call({ token: indexToken(name), inputs: Object.fromEntries(given) });
}
