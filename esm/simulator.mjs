import simulator from "../dist/simulator/index.js";

export const { startSimulator, runSimulator, simulatorOptions, UsageError } = simulator;
