import * as pulumi from "@pulumi/pulumi";
import { processEnvironment } from "../../core/api/settings";
import { type Definition, deletesBeforeReplace } from "../../core/definition/define";
import { UNKNOWN } from "../../core/engine-transport";
import { UnverifiedError } from "../../core/errors";
import { type JsonObject, toPlain } from "../../core/json";
import { Lifecycle } from "../../core/lifecycle/lifecycle";
import type { ResourceProvider } from "../../core/lifecycle/operations";
import { PROBLEMS } from "../../core/program/preview-problems";
import { Session } from "../../core/run/session";

type Bag = Record<string, unknown>;

let session: Session | undefined;

/** All types of the package share one session: the SDK loads this module once for all their provider texts. */
function configured(config: pulumi.dynamic.Config): Session {
  session ??= new Session(
    processEnvironment(),
    (key) => config.get(`twilio:${key}`),
    (message) => void pulumi.log.warn(message),
  );
  return session;
}

/** The SDK's provider interface over the lifecycle of one type. */
export function dynamicProvider<Type extends Definition>(
  definition: Type,
  Living: new (definition: Type, session: Session) => ResourceProvider = Lifecycle,
): pulumi.dynamic.ResourceProvider<Bag, Bag> {
  let lifecycle: ResourceProvider | undefined;
  const life = (): ResourceProvider => {
    if (lifecycle === undefined) throw new Error(`${definition.type} was used before it was configured`);
    return lifecycle;
  };
  /** One step of Pulumi's engine, which the quiet period counts. */
  const step = <Result>(work: () => Promise<Result>) =>
    reported(() => (session === undefined ? work() : session.quietPeriod.step(work)));
  return {
    // Synchronous inside: the SDK calls the other methods before an asynchronous configure is done (measured at
    // 3.255.0).
    async configure({ config }) {
      lifecycle = new Living(definition, configured(config));
    },
    check: (olds, news) =>
      reported(async () => {
        const { [PROBLEMS]: asked, ...declared } = received(news);
        const goesOn = asked !== undefined;
        const { inputs, failures } = life().check(received(olds), declared, goesOn);
        if (goesOn && failures.length > 0) return { inputs: wrong(inputs, failures), failures: [] };
        // No property is named, since the engine prints its value, secrets included (measured at 3.255.0). The inputs
        // are copied: the SDK adds the provider text to them (measured at 3.255.0), and the session keeps the original.
        return { inputs: { ...inputs }, failures: failures.map((reason) => ({ property: "", reason })) };
      }),
    diff: (sid, olds, news) =>
      reported(async () => {
        // Not compared: the preview shows the resource as declared, and fails.
        if (PROBLEMS in news) return { changes: true };
        const { changes, replaces } = life().diff(sid, received(olds), received(news));
        return {
          ...(changes === undefined ? {} : { changes }),
          replaces,
          deleteBeforeReplace: replaces.length > 0 && deletesBeforeReplace(definition),
        };
      }),
    create: (inputs) =>
      step(async () => {
        const { sid, state } = await recording(life().create(right(inputs)), inputs);
        return { id: sid, outs: plain(state) };
      }),
    read: (sid, props = {}) =>
      step(async () => {
        const found = await life().read(sid, received(props));
        if (found === undefined) return { id: "", props: {} };
        const inputs = found.inputs === undefined ? {} : { inputs: plain(found.inputs) };
        return { id: sid, props: plain(found.state), ...inputs };
      }),
    update: (sid, olds, news) =>
      step(async () => {
        const state = await recording(life().update(sid, received(olds), right(news)), news);
        return { outs: plain(state) };
      }),
    delete: (sid, props) => step(() => life().delete(sid, received(props))),
  };
}

/** The engine's values without the provider text. They are JSON already; a copy would be costly with 10,000 members. */
function received({ __provider: _provider, ...rest }: Bag): JsonObject {
  return rest as JsonObject;
}

/**
 * The inputs of a wrong resource in a preview: only its problems are known. Shown, a misspelt name could reveal the
 * value of a secret field; known, the values would make dependents wrong.
 */
function wrong(inputs: JsonObject, failures: string[]): JsonObject {
  const unknown = Object.keys(inputs).map((name) => [name, UNKNOWN]);
  return { ...Object.fromEntries(unknown), [PROBLEMS]: failures };
}

/** The inputs to send. The engine sends none that check found wrong, unless another program let them pass. */
function right(inputs: Bag): JsonObject {
  if (PROBLEMS in inputs) throw new Error("its check has found it wrong, so that nothing was sent");
  return received(inputs);
}

/** Properties as plain JSON, as the engine requires. */
function plain(properties: JsonObject): JsonObject {
  return (toPlain(properties) ?? {}) as JsonObject;
}

/**
 * Rethrows errors in the form that the user sees. The SDK prints `${error}: ${error.stack}` for some calls, and gRPC
 * reads a numeric `code` as its own. So our stack and our fields stay here.
 */
async function reported<Result>(operation: () => Promise<Result>): Promise<Result> {
  try {
    return await operation();
  } catch (error) {
    throw error instanceof ReportedError ? error : new ReportedError(explained(error));
  }
}

function explained(error: unknown): string {
  return session?.explain(error) ?? String(error);
}

/** Records a result that is partial or unverified in the state, too. */
function recording<Result>(work: Promise<Result>, inputs: Bag): Promise<Result> {
  return work.catch((error: unknown) => {
    throw error instanceof UnverifiedError ? recorded(error, inputs) : error;
  });
}

/** The SDK passes these fields to the engine, which keeps the resource and updates it in the next `up` in any case. */
function recorded({ sid: id, state, cause }: UnverifiedError, { __provider }: Bag): ReportedError {
  const message = explained(cause);
  // Without the provider text no later operation could run (measured at 3.255.0).
  return Object.assign(new ReportedError(message), {
    id,
    properties: { ...plain(state), __provider },
    reasons: [message],
  });
}

class ReportedError extends Error {
  constructor(message: string) {
    super(message);
    // Pulumi prints it at the stack, besides the message at the resource.
    this.stack = "an operation failed, as the error of its resource says";
  }

  override toString(): string {
    return "twilio";
  }
}
