export { type ExpectationState, Expectations } from "@outrider/contract";
