import type { PartialVessel } from "../../shared/boat.ts";
import { formatLength } from "../text/format.ts";
import type { LengthUnit } from "../text/format.ts";
import { OUTLINE_BEAM, OUTLINES } from "./plan-shapes.ts";
import { words } from "./berth-drawing-words.ts";
import "./berth-drawing.css";

interface BerthDrawingProps {
  /** What the berth takes. */
  maxLoaCm: number;
  maxBeamCm: number | null;
  vessel: PartialVessel;
  unit: LengthUnit;
  locale: string;
}

const WIDTH = 380;

/** The berth's largest boat and one's own, in one scale. */
export function BerthDrawing({ maxLoaCm, maxBeamCm, vessel, unit, locale }: BerthDrawingProps) {
  const { loaCm, beamCm, hullType } = vessel;
  const longest = Math.max(maxLoaCm, loaCm ?? 0);
  // A berth that says nothing of beam is drawn with room beside the boat.
  const room = maxBeamCm ?? (beamCm === undefined ? maxLoaCm / 5 : beamCm * 1.6);
  const widest = Math.max(room, beamCm ?? 0, longest / 8);
  const scale = WIDTH / longest;
  const height = widest * scale;
  const berth = { width: maxLoaCm * scale, height: (maxBeamCm ?? widest) * scale };
  const length = (loaCm ?? 0) * scale;
  const hulls = hullType === "multi" ? 2 : 1;
  const beam = (beamCm ?? (loaCm ?? 0) * 0.3) * scale;
  const berthText = formatLength(maxLoaCm, unit, locale);
  const boatText = loaCm === undefined ? "" : formatLength(loaCm, unit, locale);
  return (
    <svg
      class="berth-drawing"
      viewBox={`-14 -14 ${WIDTH + 28} ${height + 66}`}
      role="img"
      aria-label={loaCm === undefined ? words.empty(berthText) : words.label(berthText, boatText)}
    >
      <rect
        class="berth-water"
        y={(height - berth.height) / 2}
        width={berth.width}
        height={berth.height}
        rx="4"
      />
      {loaCm !== undefined && (
        <g transform={`translate(${length / 2 + 2} ${height / 2})`}>
          <path
            class="berth-hull"
            d={OUTLINES[hulls]}
            transform={`scale(${length / 100} ${beam / OUTLINE_BEAM[hulls]}) rotate(90)`}
          />
        </g>
      )}
      <Measure y={height + 16} to={berth.width} text={berthText} name="berth" />
      {loaCm !== undefined && <Measure y={height + 38} to={length} text={boatText} name="boat" />}
    </svg>
  );
}

function Measure({ y, to, text, name }: { y: number; to: number; text: string; name: string }) {
  return (
    <g class={`berth-measure ${name}`}>
      <path d={`M0,${y - 5}v10M0,${y}H${to}M${to},${y - 5}v10`} />
      <text x={to / 2} y={y + 5} text-anchor="middle">{text}</text>
    </g>
  );
}
