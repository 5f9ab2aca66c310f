import { specimensOf } from "../types";
import { describeSingletons } from "./singleton-suite";

describeSingletons("The settings of services and of the account", specimensOf("settings"));
