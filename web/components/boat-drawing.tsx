import type { PartialVessel } from "../../shared/boat.ts";
import { formatLength } from "../text/format.ts";
import type { LengthUnit } from "../text/format.ts";
import { BOX, drawBoat } from "./boat-lines.ts";
import { words } from "./boat-drawing-words.ts";
import "./boat-drawing.css";

interface BoatDrawingProps {
  boat: PartialVessel;
  unit: LengthUnit;
  locale: string;
  /** Her numbers stand beside it: it need not say them again. */
  isDecor?: boolean;
}

const NAMES = ["loaCm", "beamCm", "draftCm", "airDraftCm"] as const;

/** A boat from the side and from ahead: all of her lengths to one scale. */
export function BoatDrawing({ boat, unit, locale, isDecor = false }: BoatDrawingProps) {
  const lines = drawBoat(boat);
  const said = NAMES.flatMap((name) => {
    const cm = boat[name];
    return cm === undefined ? [] : [words[name](formatLength(cm, unit, locale))];
  });
  const label = new Intl.ListFormat(locale, { type: "unit" }).format([words.label, ...said]);
  return (
    <svg
      class={lines.isHeightGuessed ? "boat-drawing guessed" : "boat-drawing"}
      viewBox={`0 0 ${BOX.width} ${BOX.height}`}
      {...(isDecor ? { "aria-hidden": "true" } : { role: "img", "aria-label": label })}
    >
      <path class="boat-water" d={`M0,${lines.waterline}H${BOX.width}V${BOX.height}H0Z`} />
      <path class="boat-sails" d={lines.sails} />
      <path class="boat-rig" d={lines.rig} />
      <path class="boat-house" d={lines.house} />
      <path class="boat-keel" d={lines.keel} />
      <path class="boat-hull" d={lines.hull} />
      <path class="boat-surface" d={`M0,${lines.waterline}H${BOX.width}`} />
      {NAMES.map((name) => {
        const measure = lines.measures[name];
        return measure && (
          <g key={name} class="boat-measure">
            <path d={measure.path} />
            <text x={measure.x} y={measure.y} text-anchor={measure.anchor}>
              {formatLength(measure.cm, unit, locale)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
