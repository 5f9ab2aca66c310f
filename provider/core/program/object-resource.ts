import type * as pulumi from "@pulumi/pulumi";
import type { AccountGetArgs, GetArgs } from "../definition/args";
import { existing, type ResourceClass, TwilioResource } from "./twilio-resource";

/** An object that programs create and delete, with its own SID. */
export abstract class AccountObject extends TwilioResource {
  /** When it was created, ISO 8601. */
  declare readonly dateCreated: pulumi.Output<string>;
  /** When it last changed; a refresh without drift keeps the recorded time. ISO 8601. */
  declare readonly dateUpdated: pulumi.Output<string>;

  /**
   * Reads an object that this program does not manage, by its SID.
   * @throws where Twilio has none such in this account
   */
  static get<Resource>(
    this: ResourceClass<Resource>,
    name: string,
    { sid, ...location }: AccountGetArgs,
    opts?: pulumi.CustomResourceOptions,
  ): Resource {
    return existing(this, name, sid, location, opts);
  }

  /** Its SID: the same as `id`. */
  get sid(): pulumi.Output<string> {
    return this.id;
  }

  /** Lets check refuse a `sid` argument, in place of the assignment. */
  set sid(_argument: unknown) {}
}

/** An object in a Conversations service. */
export abstract class ServiceObject extends AccountObject {
  /** SID (IS…) of the Conversations service it lives in. */
  declare readonly chatServiceSid: pulumi.Output<string>;

  /**
   * Reads an object that this program does not manage, by its SID and the service it lives in.
   * @throws where Twilio has none such there
   */
  static override get<Resource>(
    this: ResourceClass<Resource>,
    name: string,
    { sid, ...location }: GetArgs,
    opts?: pulumi.CustomResourceOptions,
  ): Resource {
    return existing(this, name, sid, location, opts);
  }
}
