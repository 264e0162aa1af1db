export { OthersList } from "./OthersList.js";
export { restrictionZones } from "./restrictions.js";
export { silentSources, strangersOnMap, strangerTwins } from "./strangers.js";
export { useSkyPoses } from "./useSkyPoses.js";
