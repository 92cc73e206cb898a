import { expect, test } from "vitest";
import { Metrics } from "./metrics.ts";

test("Metrics writes counters, gauges and histograms as Prometheus reads them", () => {
  const metrics = new Metrics();
  const requests = (route: string, status: number) =>
    metrics.counter("requests_total", "Requests.", { route, status });
  requests("/a", 200).add();
  requests("/a", 200).add(2);
  requests('/"\\\n', 500).add();
  metrics.gauge("tiles", "Tiles in memory.", () => 7);
  const took = metrics.histogram("took_seconds", "Time.");
  for (const seconds of [0.0005, 0.03, 0.03, 60]) took.observe(seconds);
  const lines = metrics.text().split("\n");
  expect(lines).toContain("# TYPE requests_total counter");
  expect(lines).toContain('requests_total{route="/a",status="200"} 3');
  expect(lines).toContain('requests_total{route="/\\"\\\\\\n",status="500"} 1');
  expect(lines).toContain("tiles 7");
  expect(lines).toContain('took_seconds_bucket{le="0.001"} 1');
  expect(lines).toContain('took_seconds_bucket{le="0.025"} 1');
  expect(lines).toContain('took_seconds_bucket{le="0.05"} 3');
  expect(lines).toContain('took_seconds_bucket{le="5"} 3');
  expect(lines).toContain('took_seconds_bucket{le="+Inf"} 4');
  expect(lines).toContain("took_seconds_sum 60.0605");
  expect(lines).toContain("took_seconds_count 4");
  expect(lines.at(-1)).toBe("");
});
