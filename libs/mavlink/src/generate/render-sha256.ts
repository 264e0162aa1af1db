import { HEADER } from "./render-types.js";

/**
 * Source of `sha256-block.ts`: the 64 rounds of SHA-256 (FIPS 180-4, section 6.2.2) written out. Written out, all of the
 * state and of the schedule are local variables and no round moves a value: checking a signature takes two thirds of
 * the time that a loop takes.
 */
export function renderSha256(): string {
  const rounds = primes(64).flatMap((prime, i) => round(i, fractionOfRoot(prime, 3n)));
  const words = Array.from({ length: 16 }, (_, i) => `let w${i} = w[${i}] as number;`);
  const before = NAMES.map((name, i) => `let ${name} = s[${i}] as number;`);
  const after = NAMES.map((name, i) => `s[${i}] = (s[${i}] as number) + ${name};`);
  const start = primes(8).map((prime) => fractionOfRoot(prime, 2n));
  return `${HEADER}
/** State before the first block (FIPS 180-4, section 5.3.3). */
export const START: readonly number[] = [${start.join(", ")}];

/** One block of sixteen big-endian words \`w\` into the state \`s\`. The casts drop an \`undefined\` that fixed indexes cannot give. */
export function addBlock(s: Int32Array, w: Int32Array): void {
${[...words, ...before, ...rounds, ...after].map((line) => `  ${line}`).join("\n")}
}
`;
}

const NAMES = ["a", "b", "c", "d", "e", "f", "g", "h"] as const;

/** The letters turn by one with each round, instead of their values. */
function round(i: number, constant: number): string[] {
  const [a, b, c, d, e, f, g, h] = NAMES.map((_, n) => NAMES[(n - (i % 8) + 8) % 8]);
  const w = `w${i % 16}`;
  const choice = `(${g} ^ (${e} & (${f} ^ ${g})))`;
  const majority = `((${a} & ${b}) | (${c} & (${a} | ${b})))`;
  return [
    ...(i < 16 ? [] : [`${w} = (${w} + w${(i + 9) % 16} + ${sigma0(i)} + ${sigma1(i)}) | 0;`]),
    `${h} = (${h} + (${turned(e, 6)} ^ ${turned(e, 11)} ^ ${turned(e, 25)}) + ${choice} + ${constant} + ${w}) | 0;`,
    `${d} = (${d} + ${h}) | 0;`,
    `${h} = (${h} + (${turned(a, 2)} ^ ${turned(a, 13)} ^ ${turned(a, 22)}) + ${majority}) | 0;`,
  ];
}

function sigma0(i: number): string {
  const x = `w${(i + 1) % 16}`;
  return `(${turned(x, 7)} ^ ${turned(x, 18)} ^ (${x} >>> 3))`;
}

function sigma1(i: number): string {
  const x = `w${(i + 14) % 16}`;
  return `(${turned(x, 17)} ^ ${turned(x, 19)} ^ (${x} >>> 10))`;
}

function turned(name: string | undefined, by: number): string {
  return `((${name} >>> ${by}) | (${name} << ${32 - by}))`;
}

function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n++) if (found.every((prime) => n % prime !== 0n)) found.push(n);
  return found;
}

/** First 32 bits of the fraction of a root, as a signed integer (FIPS 180-4, sections 4.2.2 and 5.3.3). */
function fractionOfRoot(value: bigint, degree: bigint): number {
  const scaled = value << (32n * degree);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= scaled) low = middle;
    else high = middle;
  }
  return Number(BigInt.asIntN(32, low));
}
