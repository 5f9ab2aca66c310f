import { credentialSpecimen } from "./specimens/credential";
import { messageSpecimen } from "./specimens/message";
import { serviceSpecimen } from "./specimens/service";
import { describeLifecycle } from "./suite";

describeLifecycle("Service, Credential and Message", [serviceSpecimen, credentialSpecimen, messageSpecimen]);
