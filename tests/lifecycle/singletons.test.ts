import { describeSingletons } from "./singleton-suite";
import { configurationSpecimen } from "./specimens/configuration";
import { serviceConfigurationSpecimen } from "./specimens/service-configuration";
import { serviceNotificationsSpecimen } from "./specimens/service-notifications";
import { serviceWebhooksSpecimen } from "./specimens/service-webhooks";
import { webhooksSpecimen } from "./specimens/webhooks";

describeSingletons("The settings of services and of the account", [
  configurationSpecimen,
  serviceConfigurationSpecimen,
  serviceNotificationsSpecimen,
  serviceWebhooksSpecimen,
  webhooksSpecimen,
]);
