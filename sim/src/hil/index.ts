export { HilLink, type HilOptions, type HilStats } from "./hil-link.js";
export type { MagneticField } from "./hil-messages.js";
export { type HilListener, type HilListenerOptions, listenForPx4 } from "./io/hil-listener.js";
