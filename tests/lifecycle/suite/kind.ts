import { deletesBeforeReplace } from "../../../provider/core/definition/define";
import type { JsonObject } from "../../../provider/core/json";
import { writeOnlyIn } from "../../../provider/core/state/adoption-rules";
import type { Args, Specimen, ValueSpecimen } from "../../types/specimen";
import type { Subject } from "./subject";

/** One kind of resource in the group's stack, in all its places, and how its objects stand on Twilio. */
export abstract class Kind {
  constructor(
    readonly specimen: ValueSpecimen,
    readonly subjects: readonly Subject[],
  ) {}

  get type(): string {
    return this.specimen.definition.type;
  }

  /** The names of its resources in the program. */
  declared(): string[] {
    return this.subjects.flatMap(({ declarations }) => Object.keys(declarations));
  }

  /** The declaration in which a step changes the field: one of its own, so that the change stands alone. */
  labelFor(step: "update" | "replace" | "drift", field: string): string {
    return `${step}-${field}`;
  }

  /** The SIDs of the program's objects on Twilio, sorted. */
  abstract sids(): string[];

  /** The requests that a refresh makes for the subject, as `describeRequest` writes them. */
  abstract reads(subject: Subject): string[];

  /** The SID under which the simulator keeps the values of the object with this id. */
  rowSid(id: string): string {
    return id;
  }

  /** Where the object of a declaration is updated. */
  abstract pathOf(args: Args, sid: string): string;
}

/** A kind whose objects are created, listed and deleted. */
export class CollectionKind extends Kind {
  readonly #leftAlone: Set<string>;

  /** To be made when all kinds of the group are prepared: what is on Twilio by then is not the program's. */
  constructor(
    override readonly specimen: Specimen,
    subjects: readonly Subject[],
  ) {
    super(specimen, subjects);
    this.#leftAlone = new Set(this.#rows());
  }

  sids(): string[] {
    return this.#rows()
      .filter((sid) => !this.#leftAlone.has(sid))
      .sort();
  }

  /** One list page answers all reads of a collection: the objects of a kind fit on one. */
  reads(subject: Subject): string[] {
    const { pageSize } = this.specimen.definition;
    const collections = new Set(Object.values(subject.declarations).map((args) => this.collectionOf(args)));
    return [...collections].map((path) => `GET ${path} PageSize=${pageSize}`);
  }

  pathOf(args: Args, sid: string): string {
    return `${this.collectionOf(args)}/${sid}`;
  }

  /** Where the object of a declaration is created. */
  collectionOf(args: Args): string {
    const service = args["serviceSid"] === undefined ? [] : ["Services", `${args["serviceSid"]}`];
    const segments = this.specimen.definition.path(args as JsonObject);
    return `/${["v1", ...service, ...segments].join("/")}`;
  }

  declareLeast(subject: Subject, label: string): void {
    const { surroundings } = subject;
    const args = this.specimen.declareLeast(subject.name(label), surroundings);
    subject.declare(label, { ...args, ...surroundings.place });
  }

  /** Makes an object that no program declares; it counts as ours all the same until it is left alone. */
  async makeOutside(subject: Subject, label: string): Promise<string> {
    const { sid } = await this.specimen.makeOutside(subject.full(label), subject.surroundings);
    return sid;
  }

  leaveAlone(sid: string): void {
    this.#leftAlone.add(sid);
  }

  #rows(): string[] {
    const [first] = this.subjects;
    if (first === undefined) throw new Error(`${this.type} has no subject`);
    return this.specimen.rowsOf(first.surroundings.account.simulator).map(({ sid }) => sid);
  }
}

/** Whether it declares what Twilio never tells, of an object that several can have alike. */
export function isUntold({ specimen: { definition } }: CollectionKind, args: Args): boolean {
  return !deletesBeforeReplace(definition) && writeOnlyIn(definition, args as JsonObject).length > 0;
}
