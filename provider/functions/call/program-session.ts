import * as pulumi from "@pulumi/pulumi";
import { processEnvironment } from "../../core/api/settings";
import { currentRun } from "../../core/program/current-run";
import { Session } from "../../core/run/session";

const sessions = new WeakMap<object, Session>();

/** The session that all look-ups of one run share. The run's resources have their own, in the plugin. */
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
