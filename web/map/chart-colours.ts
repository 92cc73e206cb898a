import type { ChartColours } from "./land-layer.ts";

const NAMES: Record<keyof ChartColours, string> = {
  deep: "--chart-deep",
  shallow: "--chart-shallow",
  shoal: "--chart-shoal",
  land: "--chart-land",
  coast: "--chart-coast",
  grid: "--line",
};

/** The chart's colours as an element's theme resolves them: a canvas knows no custom properties. */
export function readChartColours(element: HTMLElement): ChartColours {
  const probe = document.createElement("i");
  element.append(probe);
  const resolve = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const entries = Object.entries(NAMES).map(([key, name]) => [key, resolve(name)]);
  probe.remove();
  // The keys are those of NAMES.
  return Object.fromEntries(entries) as unknown as ChartColours;
}
