/**
 * Seeded pseudo-random numbers whose whole state is four integers in a plain object, so that a snapshot of an
 * aircraft is a copy and a replay is bit-identical. Small Fast Counting generator (sfc32, PractRand-clean).
 */
export type RandomState = { a: number; b: number; c: number; counter: number };

/** @param stream gives independent sequences of one seed (an aircraft's gusts never disturb its GPS noise). */
export function seedRandom(seed: number, stream = 0): RandomState {
  const state = { a: seed | 0, b: stream | 0, c: 0x9e3779b9 | 0, counter: 1 };
  for (let round = 0; round < 15; round++) nextUint32(state);
  return state;
}

export function nextUint32(state: RandomState): number {
  const sum = (state.a + state.b + state.counter) | 0;
  state.counter = (state.counter + 1) | 0;
  state.a = state.b ^ (state.b >>> 9);
  state.b = (state.c + (state.c << 3)) | 0;
  // Whole at every moment: a sum past 32 bits in the field would turn it into a boxed number for good.
  state.c = (((state.c << 21) | (state.c >>> 11)) + sum) | 0;
  return sum >>> 0;
}

/** Uniform in [0, 1). */
export function nextUnit(state: RandomState): number {
  return nextUint32(state) / 4_294_967_296;
}

/**
 * Mean 0, standard deviation 1, by the sum of four uniforms: no transcendental function, so the same bits on every
 * engine. Tails end at ±3.46, which suits sensor noise and gusts.
 */
export function nextNormal(state: RandomState): number {
  return (nextUnit(state) + nextUnit(state) + nextUnit(state) + nextUnit(state) - 2) * 1.7320508075688772;
}
