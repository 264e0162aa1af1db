export * from "./light.js";
export type { ScenePerson } from "./paint-people.js";
export type { SceneVehicle, VehicleBody } from "./paint-vehicles.js";
export * from "./renderer.js";
export { project, viewOf } from "./view.js";
