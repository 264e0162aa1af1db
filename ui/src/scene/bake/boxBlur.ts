/** Blurs a square 8-bit mask in place; three passes come close to a Gaussian of the same reach. */
export function boxBlur(mask: Uint8ClampedArray, size: number, radius: number, passes: number): void {
  const line = new Float32Array(size);
  for (let pass = 0; pass < passes; pass++) {
    for (let row = 0; row < size; row++) blurLine(mask, row * size, 1, size, radius, line);
    for (let column = 0; column < size; column++) blurLine(mask, column, size, size, radius, line);
  }
}

function blurLine(
  mask: Uint8ClampedArray,
  from: number,
  step: number,
  size: number,
  radius: number,
  line: Float32Array,
): void {
  let sum = 0;
  for (let i = 0; i < size; i++) line[i] = mask[from + i * step] ?? 0;
  for (let i = -radius; i <= radius; i++) sum += line[Math.min(size - 1, Math.max(0, i))] ?? 0;
  const width = 2 * radius + 1;
  for (let i = 0; i < size; i++) {
    mask[from + i * step] = sum / width;
    sum += (line[Math.min(size - 1, i + radius + 1)] ?? 0) - (line[Math.max(0, i - radius)] ?? 0);
  }
}
