import type { runtime } from "@pulumi/pulumi";
import { indexToken } from "../../core/program/provider-text";

/**
 * What the mocks of a unit test answer to a look-up. Asked by themselves, and not by the SDK's `invoke`, which would
 * make an object of a list, and leaves out what an error says (measured at 3.255.0).
 */
export async function mocked(mocks: runtime.Mocks, name: string, args: object): Promise<unknown> {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  return mocks.call({ token: indexToken(name), inputs: Object.fromEntries(given) });
}
