export { TrainerDesk } from "./TrainerDesk.js";
