import { shownPath } from "../../http/redaction/redaction";
import { type ApiCall, callApi } from "../api/call";
import { idOf, isSingleton } from "../definition/define";
import { isSid } from "../definition/sid";
import { NotFoundError } from "../errors";
import type { Json, JsonObject } from "../json";
import { describeWhere, serviceOf } from "./location";

/** Reads an unmanaged object by SID and location; also returns its service. */
export async function foreignObject(
  context: ApiCall,
  sid: string,
  location: JsonObject,
): Promise<{ live: JsonObject; service: Json | undefined }> {
  const { definition, connection, signal } = context;
  const account = await connection.verified();
  const service = serviceOf(definition, location, account);
  const where = describeWhere(account, service);
  // Under another id Pulumi's engine would take it for another object, and delete the one in state.
  if (!isSingleton(definition) && !isSid(definition.sidPrefix, sid))
    throw new NotFoundError(
      `cannot get a ${definition.noun} by anything but its SID: give ${definition.sidPrefix} and 32 hexadecimal digits.`,
    );
  const live = await connection.unlessGone({}, signal, () =>
    callApi(context, "read", location, { sid }).then((answer) => answer.live),
  );
  if (live === undefined)
    throw new NotFoundError(
      `cannot get ${definition.noun} ${shownPath(sid)}: it does not exist in ${where}.`,
    );
  const id = idOf(definition, live);
  if (id !== sid)
    throw new NotFoundError(
      `cannot get ${definition.noun} ${shownPath(sid)}: in ${where} it is that of ${id}.`,
    );
  return { live, service };
}
