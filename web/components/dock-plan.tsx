import type { DockKind } from "../../shared/dock.ts";
import { layPlan } from "./plan-layout.ts";
import { OUTLINES, placeBoat, seededNumbers } from "./plan-shapes.ts";
import type { PlanBoat } from "./plan-shapes.ts";
import "./dock-plan.css";

interface DockPlanProps {
  id: number;
  kind: DockKind;
  /** Shown beside the berth as a chart writes a sounding: metres, decimetres set lower. */
  depthCm?: number | null;
  /** For a picture more than twice as wide as high: more harbour on both sides. */
  isWide?: boolean;
}

/**
 * A drawn harbour plan for a dock without photos: its kind decides what lies around the berth,
 * its number the rest, so that it always looks the same.
 */
export function DockPlan({ id, kind, depthCm, isWide = false }: DockPlanProps) {
  const plan = layPlan(kind, id, isWide);
  const random = seededNumbers(id ^ 0x5bf0);
  const turn = (random() - 0.5) * 24;
  const flip = random() < 0.5 ? -1 : 1;
  const draw = (boat: PlanBoat, name: string) => (
    <path class={`plan-${name}`} d={OUTLINES[boat.hulls]} transform={placeBoat(boat)} />
  );
  const layer = (name: string, d: string) => <path class={`plan-${name}`} d={d} />;
  return (
    <svg
      class="plan"
      viewBox={isWide ? "-150 10 620 230" : "0 0 320 240"}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      <g
        transform={`rotate(${turn.toFixed(1)} 160 120) translate(160 120) scale(${
          flip * 1.16
        } 1.16) translate(-160 -120)`}
      >
        {layer("shallow", plan.land)}
        {layer("shoal", plan.land)}
        {layer("land", plan.land)}
        {layer("works", plan.works)}
        {layer("lines", plan.lines)}
        {plan.boats.map((boat) => draw(boat, "hull"))}
        {layer("berth", plan.berth)}
        {draw(plan.guest, "guest")}
        {layer("dots", plan.dots)}
      </g>
      {depthCm != null && depthCm > 0 && (
        <text class="plan-sounding" x="262" y="214">
          {Math.floor(depthCm / 100)}
          <tspan dy="5" font-size="13">{Math.floor((depthCm % 100) / 10)}</tspan>
        </text>
      )}
    </svg>
  );
}
