import { specimensOf } from "../types";
import { describeSingletons } from "./suite/singleton-suite";

describeSingletons("The settings of services and of the account", specimensOf("settings"));
