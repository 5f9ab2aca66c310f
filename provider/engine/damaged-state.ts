import { TwilioError } from "../http/errors";

/** The state does not hold what an operation needs. */
export class DamagedStateError extends TwilioError {
  override name = "DamagedStateError";

  constructor(what: string) {
    super(
      `the state ${what}: it is damaged, or not of this package. Nothing was sent. ` +
        "Mend it with `pulumi stack export` and `import`, or remove the resource with `pulumi state delete`.",
    );
  }
}
