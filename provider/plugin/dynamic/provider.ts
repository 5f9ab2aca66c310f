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

/** Every type of the package shares one session: the SDK loads this module once for all their provider texts. */
function configured(config: pulumi.dynamic.Config): Session {
  session ??= new Session(
    processEnvironment(),
    (key) => config.get(`twilio:${key}`),
    (message) => void pulumi.log.warn(message),
  );
  return session;
}

/** The SDK's own interface over the life of one type's resources. */
export function dynamicProvider<Type extends Definition>(
  definition: Type,
  Living: new (definition: Type, session: Session) => ResourceProvider = Lifecycle,
): pulumi.dynamic.ResourceProvider<Bag, Bag> {
  let lifecycle: ResourceProvider | undefined;
  const life = (): ResourceProvider => {
    if (lifecycle === undefined) throw new Error(`${definition.type} was used before it was configured`);
    return lifecycle;
  };
  /** A step of the engine's: one of those that it does at once. */
  const step = <Result>(work: () => Promise<Result>) =>
    reported(() => (session === undefined ? work() : session.quietPeriod.step(work)));
  return {
    // Nothing here waits: the SDK calls the others before an asynchronous configure is done (measured at 3.255.0).
    async configure({ config }) {
      lifecycle = new Living(definition, configured(config));
    },
    check: (olds, news) =>
      reported(async () => {
        const { [PROBLEMS]: asked, ...declared } = received(news);
        const goesOn = asked !== undefined;
        const { inputs, failures } = life().check(received(olds), declared, goesOn);
        if (goesOn && failures.length > 0) return { inputs: wrong(inputs, failures), failures: [] };
        // The engine prints the value of a property that is named, secrets included (measured at 3.255.0).
        // The SDK adds the provider's text to what it is given (measured at 3.255.0), and these are remembered.
        return { inputs: { ...inputs }, failures: failures.map((reason) => ({ property: "", reason })) };
      }),
    diff: (sid, olds, news) =>
      reported(async () => {
        // It is compared with nothing: the preview shows that it is declared, and fails.
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

/** What the engine sends, without the provider text. It comes as JSON, of which a copy would cost 10,000 members much. */
function received({ __provider: _provider, ...rest }: Bag): JsonObject {
  return rest as JsonObject;
}

/**
 * What a preview knows of a wrong resource: nothing but what is wrong. Shown, a misspelt name would give away what
 * belongs into a secret field; known, it would make wrong what is made of it.
 */
function wrong(inputs: JsonObject, failures: string[]): JsonObject {
  const unknown = Object.keys(inputs).map((name) => [name, UNKNOWN]);
  return { ...Object.fromEntries(unknown), [PROBLEMS]: failures };
}

/** What is to be sent. The engine asks for it of nothing that was found wrong, unless somebody else let that pass. */
function right(inputs: Bag): JsonObject {
  if (PROBLEMS in inputs) throw new Error("its check has found it wrong, so that nothing was sent");
  return received(inputs);
}

/** What the engine takes, clean as JSON. */
function plain(properties: JsonObject): JsonObject {
  return (toPlain(properties) ?? {}) as JsonObject;
}

/**
 * An error as the user is to see it. The SDK prints `${error}: ${error.stack}` for some calls, and gRPC takes a
 * numeric `code` for its own, so neither our stack nor our fields go further than this.
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

/** What is done in part, or perhaps, goes into the state all the same. */
function recording<Result>(work: Promise<Result>, inputs: Bag): Promise<Result> {
  return work.catch((error: unknown) => {
    throw error instanceof UnverifiedError ? recorded(error, inputs) : error;
  });
}

/** The SDK hands these on to the engine, which keeps the resource, and updates it in the next `up` whatever differs. */
function recorded({ sid: id, state, cause }: UnverifiedError, { __provider }: Bag): ReportedError {
  const message = explained(cause);
  // Without the provider's text no later operation could be done (measured at 3.255.0).
  return Object.assign(new ReportedError(message), {
    id,
    properties: { ...plain(state), __provider },
    reasons: [message],
  });
}

class ReportedError extends Error {
  constructor(message: string) {
    super(message);
    // Printed at the stack, besides the message at its resource.
    this.stack = "an operation failed, as the error of its resource says";
  }

  override toString(): string {
    return "twilio";
  }
}
