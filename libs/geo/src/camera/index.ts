export * from "./cast.js";
export * from "./ellipse.js";
export * from "./footprint.js";
export * from "./geolocate.js";
export * from "./pose.js";
