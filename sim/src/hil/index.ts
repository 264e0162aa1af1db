export { earthFieldAt } from "./earth-field.js";
export { HilLink, type HilOptions, type HilStats } from "./hil-link.js";
export type { MagneticField } from "./hil-messages.js";
export { type HilLag, HilPace } from "./hil-pace.js";
export { type HilListener, type HilListenerOptions, listenForPx4 } from "./io/hil-listener.js";
export { type Px4Process, type Px4Program, px4Program, startPx4 } from "./io/px4-process.js";
export { type Px4Parameter, px4SiteParameters, px4StartParameters } from "./px4-parameters.js";
export { type FedBattery, Px4Technician, type TechnicianOptions } from "./px4-technician.js";
export { RunPace } from "./run-pace.js";
