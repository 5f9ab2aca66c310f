import { requestFor } from "../../../provider/core/api/request";
import type { Definition } from "../../../provider/core/definition/define";
import type { JsonObject } from "../../../provider/core/json";
import type { Row } from "../../support/twilio-account";
import type { Args, SingletonSpecimen } from "../../types/specimen";
import { Kind } from "./kind";
import type { Subject } from "./subject";

/** A kind that is there without a program. One declaration is its only one for each service or account. */
export class SingletonKind extends Kind {
  private constructor(
    override readonly specimen: SingletonSpecimen,
    override readonly subjects: readonly [Subject],
    /** What Twilio said, by path, before the program: of the declared one, and of the one that it moves to. */
    readonly before: ReadonlyMap<string, Row>,
  ) {
    super(specimen, subjects);
  }

  /** To be made when all is prepared that the declaration refers to. */
  static async prepared(specimen: SingletonSpecimen, subject: Subject): Promise<SingletonKind> {
    const { account, place, rows } = subject.surroundings;
    const there = rows["otherService"];
    const places = there === undefined ? [place] : [place, { serviceSid: there.sid }];
    const paths = places.map((args) => pathIn(specimen.definition, args));
    const found = await Promise.all(paths.map(async (path) => [path, await account.get(path)] as const));
    return new SingletonKind(specimen, [subject], new Map(found));
  }

  get subject(): Subject {
    return this.subjects[0];
  }

  /** The name of its resource in the program. */
  get name(): string {
    return this.subject.name("base");
  }

  /** All changes are made to the one declaration. */
  override labelFor(): string {
    return "base";
  }

  /** They go by what they belong to, which each step on existence checks by itself. */
  sids(): string[] {
    const { account } = this.subject.surroundings;
    const { declarations } = this.subject;
    return Object.values(declarations).map((args) =>
      String(args["serviceSid"] ?? account.account.accountSid),
    );
  }

  reads(subject: Subject): string[] {
    return Object.values(subject.declarations).map((args) => `GET ${this.pathOf(args)}`);
  }

  pathOf(args: Args): string {
    return `/v1${pathIn(this.specimen.definition, args)}`;
  }

  /** What Twilio says now, for what it said before. */
  async now(): Promise<Map<string, Row>> {
    const { account } = this.subject.surroundings;
    const paths = [...this.before.keys()];
    return new Map(await Promise.all(paths.map(async (path) => [path, await account.get(path)] as const)));
  }
}

function pathIn(definition: Definition, place: Args): string {
  return requestFor(definition, "read", place as JsonObject).path.replace("/v1", "");
}
