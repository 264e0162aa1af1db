/** Prometheus text format 0.0.4. Names and labels are words of ours only, never plates, names or free text. */
export type Metrics = {
  count(metric: string, labels?: Readonly<Record<string, string>>): void;
  /** Read at the moment of the scrape. */
  gauge(metric: string, read: () => number): void;
  text(): string;
};

const word = /[^a-zA-Z0-9_]/g;
const mostSeries = 2_000;

export function createMetrics(): Metrics {
  const counters = new Map<string, number>();
  const gauges = new Map<string, () => number>();
  const series = (metric: string, labels: Readonly<Record<string, string>>): string => {
    const pairs = Object.entries(labels).map(
      ([name, value]) => `${name.replace(word, "_")}="${value.slice(0, 80).replace(/[\\"\n]/g, "_")}"`,
    );
    return `outrider_${metric.replace(word, "_")}_total${pairs.length > 0 ? `{${pairs.join(",")}}` : ""}`;
  };
  return {
    count(metric, labels = {}) {
      const name = series(metric, labels);
      if (!counters.has(name) && counters.size >= mostSeries) return;
      counters.set(name, (counters.get(name) ?? 0) + 1);
    },
    gauge: (metric, read) => void gauges.set(`outrider_${metric.replace(word, "_")}`, read),
    text() {
      const lines: string[] = [];
      let last = "";
      for (const [name, value] of [...counters].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const family = name.split("{")[0] ?? name;
        if (family !== last) lines.push(`# TYPE ${family} counter`);
        last = family;
        lines.push(`${name} ${value}`);
      }
      for (const [name, read] of gauges) lines.push(`# TYPE ${name} gauge`, `${name} ${read()}`);
      return `${lines.join("\n")}\n`;
    },
  };
}
