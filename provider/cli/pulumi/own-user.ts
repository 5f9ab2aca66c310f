import { homedir, userInfo } from "node:os";

interface OwnUser {
  readonly name: string;
  readonly home: string;
}

/** As Pulumi knows the user: by the system's list of users, and not by HOME, unless the user is not in it. */
export function ownUser(env = process.env): OwnUser {
  try {
    const { username, homedir: home } = userInfo();
    return { name: username, home };
  } catch {
    // As in a container that is started under a number of its own.
    return { name: env["USER"] || `user ${process.getuid?.() ?? "unknown"}`, home: homedir() };
  }
}
