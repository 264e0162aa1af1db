export { type Dice, type FuzzReport, fuzzFrames, fuzzNoise } from "./fuzz.js";
