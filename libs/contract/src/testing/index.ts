export { aircraftSample, onDock, trackRowAt } from "./aircraft-sample.js";
export { HandClock } from "./hand-clock.js";
export { quadType, siteConfig } from "./site-config.js";
