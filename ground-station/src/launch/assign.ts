import munkres from "munkres";

/** Larger than any flight; finite, because the method subtracts. */
const NEVER = 1e7;

/**
 * Which aircraft for which incident so that the sum of costs is least. `costs[incident][aircraft]`, Infinity where it
 * cannot. Gives the aircraft's index per incident, undefined for an incident that gets none.
 */
export function assign(costs: readonly (readonly number[])[]): (number | undefined)[] {
  const width = costs[0]?.length ?? 0;
  const answer: (number | undefined)[] = costs.map(() => undefined);
  if (width === 0) return answer;
  const finite = costs.map((row) => row.map((cost) => (Number.isFinite(cost) ? cost : NEVER)));
  for (const [row, column] of munkres(finite))
    if (Number.isFinite(costs[row]?.[column] ?? Number.NaN)) answer[row] = column;
  return answer;
}
