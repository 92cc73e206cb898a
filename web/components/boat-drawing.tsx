import type { PartialVessel } from "../../shared/boat.ts";
import { formatLength } from "../text/format.ts";
import type { LengthUnit } from "../text/format.ts";
import "./boat-drawing.css";

interface BoatDrawingProps {
  boat: PartialVessel;
  unit: LengthUnit;
}

const words = { label: "Your boat from the side, with what is known of her measures" };
const LENGTH = 400;
const WATERLINE = 190;

/** A boat from the side: her length, her draft and her height to one scale. */
export function BoatDrawing({ boat, unit }: BoatDrawingProps) {
  const { loaCm = 1100, draftCm, airDraftCm, hullType } = boat;
  const scale = LENGTH / loaCm;
  const draft = Math.min(90, (draftCm ?? loaCm * 0.15) * scale);
  const isSailing = hullType !== "power";
  const height = Math.min(178, (airDraftCm ?? loaCm * (isSailing ? 1.3 : 0.35)) * scale);
  const deck = WATERLINE - 34;
  const keel = hullType === "mono"
    ? `M200,${WATERLINE + 14}h66l-10,${Math.max(6, draft - 14)}h-40Z`
    : `M120,${WATERLINE + 10}h210l-16,${Math.max(4, draft - 10)}h-160Z`;
  const top = WATERLINE - height;
  const measure = (cm: number | undefined) => cm === undefined ? "" : formatLength(cm, unit, "en");
  return (
    <svg class="boat-drawing" viewBox="0 0 560 300" role="img" aria-label={words.label}>
      <rect class="boat-water" x="0" y={WATERLINE} width="560" height="110" />
      <path class="boat-keel" d={keel} />
      <path
        class="boat-hull"
        d={`M40,${deck + 4}C90,${deck - 4} 330,${deck - 6} 440,${deck - 16}L404,${
          WATERLINE + 12
        }Q240,${WATERLINE + 26} 66,${WATERLINE + 8}Z`}
      />
      {isSailing
        ? (
          <>
            <path class="boat-rig" d={`M236,${deck - 4}V${top}M236,${deck - 22}H80`} />
            <path
              class="boat-sail"
              d={`M230,${top + 8}V${deck - 28}H92Q190,${(top + deck) / 2} 230,${top + 8}Z`}
            />
            <path class="boat-rig" d={`M236,${top}L436,${deck - 16}M236,${top}L44,${deck + 4}`} />
          </>
        )
        : <path class="boat-sail" d={`M120,${deck - 4}V${top + 14}H250L318,${deck - 8}Z`} />}
      <g class="boat-measure">
        <path d="M40,276H440M40,270v12M440,270v12" />
        <text x="240" y="281" text-anchor="middle">{measure(boat.loaCm)}</text>
        <path
          d={`M478,${WATERLINE}V${WATERLINE + draft}M472,${WATERLINE}h12M472,${
            WATERLINE + draft
          }h12`}
        />
        <text x="492" y={WATERLINE + draft / 2 + 6}>{measure(draftCm)}</text>
        {airDraftCm !== undefined && (
          <>
            <path d={`M478,${top}V${WATERLINE - 4}M472,${top}h12`} />
            <text x="492" y={(top + WATERLINE) / 2}>{measure(airDraftCm)}</text>
          </>
        )}
      </g>
    </svg>
  );
}
