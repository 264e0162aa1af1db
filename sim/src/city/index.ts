export { importCity, writeCity } from "./io/import-city.js";
export { importDemoCity, readDemoCity } from "./io/import-demo-city.js";
export type { ImportProgress, ImportRequest } from "./request.js";
export { generateCity } from "./seeded/generate-city.js";
