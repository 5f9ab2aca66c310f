import type { World } from "./cell";
import type { Kind } from "./kinds";

/** A user of the program's own, and one that was there before and is given back. */
export const userKinds: readonly Kind[] = [userKind("User", false), userKind("Lent user", true)];

function userKind(name: string, isLent: boolean): Kind {
  const outside = ({ label, account, sids }: World) =>
    account.post("/Users", {
      Identity: label,
      FriendlyName: "Before",
      Attributes: '{"team":"before"}',
      RoleSid: String(sids["clerk"]),
    });
  return {
    name,
    type: "User",
    refuses: ["adopted as it is"],
    ...(isLent && { prepare: outside }),
    args: ({ label, sids }) => ({
      identity: label,
      friendlyName: "First",
      attributes: { team: "a" },
      roleSid: sids["manager"],
    }),
    updated: () => ({ attributes: { team: "b" } }),
    dropped: () => ({ friendlyName: undefined, attributes: undefined }),
    drift: ({ sids }) => ({ friendly_name: "Third", role_sid: sids["clerk"] }),
    followed: ({ sids }) => ({ friendlyName: "Third", roleSid: sids["clerk"] }),
    ...(!isLent && { replaced: ({ label }: World) => ({ identity: `${label} again` }), outside }),
    located: () => ({}),
  };
}
