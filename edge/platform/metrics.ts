type Labels = Readonly<Record<string, string | number>>;

/** Upper bounds in seconds: from a search in memory to a booking that waits for a lock. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

interface Histogram {
  buckets: number[];
  sum: number;
  count: number;
}

interface Family<Value> {
  help: string;
  series: Map<string, Value>;
}

/**
 * Counters, gauges and histograms of this process, in Prometheus' text format 0.0.4. Label values
 * must come from a fixed set (a route's pattern, never its path), or the series never end.
 */
export class Metrics {
  #counters = new Map<string, Family<{ value: number }>>();
  #gauges = new Map<string, { help: string; read: () => number }>();
  #histograms = new Map<string, Family<Histogram>>();

  /** A counter of a family, one for each set of labels; its name ends in `_total`. */
  counter(name: string, help: string, labels: Labels = {}): { add(by?: number): void } {
    const { series } = family(this.#counters, name, help);
    const key = labelsToText(labels);
    let counter = series.get(key);
    if (!counter) series.set(key, counter = { value: 0 });
    const found = counter;
    return { add: (by = 1) => void (found.value += by) };
  }

  /** A histogram of durations. */
  histogram(name: string, help: string, labels: Labels = {}): { observe(seconds: number): void } {
    const { series } = family(this.#histograms, name, help);
    const key = labelsToText(labels);
    let histogram = series.get(key);
    if (!histogram) series.set(key, histogram = { buckets: BOUNDS.map(() => 0), sum: 0, count: 0 });
    const found = histogram;
    return {
      observe(seconds) {
        const bucket = BOUNDS.findIndex((bound) => seconds <= bound);
        if (bucket >= 0) found.buckets[bucket]! += 1;
        found.sum += seconds;
        found.count += 1;
      },
    };
  }

  /** A value that is read when it is asked for. */
  gauge(name: string, help: string, read: () => number): void {
    this.#gauges.set(name, { help, read });
  }

  text(): string {
    const lines: string[] = [];
    for (const [name, { help, series }] of this.#counters) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} counter`);
      for (const [labels, { value }] of series) lines.push(`${name}${braces(labels)} ${value}`);
    }
    for (const [name, { help, read }] of this.#gauges) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${read()}`);
    }
    for (const [name, { help, series }] of this.#histograms) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} histogram`);
      for (const [labels, value] of series) {
        lines.push(...histogramLines(name, labels, value));
      }
    }
    return lines.join("\n") + "\n";
  }
}

function family<Value>(
  families: Map<string, Family<Value>>,
  name: string,
  help: string,
): Family<Value> {
  let found = families.get(name);
  if (!found) families.set(name, found = { help, series: new Map() });
  return found;
}

function histogramLines(name: string, labels: string, histogram: Histogram): string[] {
  const prefix = labels === "" ? "" : `${labels},`;
  let below = 0;
  const buckets = BOUNDS.map((bound, i) => {
    below += histogram.buckets[i]!;
    return `${name}_bucket{${prefix}le="${bound}"} ${below}`;
  });
  return [
    ...buckets,
    `${name}_bucket{${prefix}le="+Inf"} ${histogram.count}`,
    `${name}_sum${braces(labels)} ${histogram.sum}`,
    `${name}_count${braces(labels)} ${histogram.count}`,
  ];
}

function braces(labels: string): string {
  return labels === "" ? "" : `{${labels}}`;
}

function labelsToText(labels: Labels): string {
  return Object.entries(labels).map(([key, value]) => `${key}="${escape(String(value))}"`).join(
    ",",
  );
}

function escape(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
