import { type AirState, airStepS, createAirState, hoverControl, responderQuad, stepAir, stillAir } from "@outrider/sim";

const ground = 1600;
const env = { ...stillAir(ground), wind: { fromDeg: 250, speedAt10Mps: 5, shearExponent: 0.25 } };

/** Aircraft in the air under the physics alone, at the step that flies a real PX4. */
export function hoveringFleet(count: number, seed: number): readonly AirState[] {
  return Array.from({ length: count }, (_, i) => {
    const state = createAirState(responderQuad, { eastM: i, northM: i, groundAmslM: ground }, seed + i);
    state.altAmslM = ground + 80;
    state.inContact = false;
    return state;
  });
}

/** Each aircraft one physical step at a time, as a run of many does it. Rotors follow the thinning air, so none falls. */
export function stepFleet(fleet: readonly AirState[], steps: number): void {
  const controls = { r1: 0, r2: 0, r3: 0, r4: 0 };
  for (let step = 0; step < steps; step++) {
    for (const state of fleet) {
      const hold = hoverControl(responderQuad, state.densityKgM3) * (state.altAmslM > ground + 80 ? 0.99 : 1.01);
      controls.r1 = controls.r2 = controls.r3 = controls.r4 = hold;
      stepAir(responderQuad, state, controls, env, airStepS);
    }
  }
}
