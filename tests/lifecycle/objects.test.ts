import { credentialSpecimen } from "./specimens/credential";
import { serviceSpecimen } from "./specimens/service";
import { describeLifecycle } from "./suite";

describeLifecycle("Service and Credential", [serviceSpecimen, credentialSpecimen]);
