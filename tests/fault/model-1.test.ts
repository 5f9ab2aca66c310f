import { modelSuite } from "./model/suite";

modelSuite(1);
