export { argon2Check } from "./argon2-check.js";
