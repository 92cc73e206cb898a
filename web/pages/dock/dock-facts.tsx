import type { Dock } from "../../../shared/dock.ts";
import { Facts } from "../../components/facts.tsx";
import { amenityWords } from "../../text/amenity-words.ts";
import { hullWords, plugWords } from "../../text/boat-words.ts";
import { formatCount, formatLength } from "../../text/format.ts";
import type { LengthUnit } from "../../text/format.ts";
import { policyWords } from "../../text/host-words.ts";
import { words } from "./dock-words.ts";

interface DockFactsProps {
  dock: Dock;
  unit: LengthUnit;
  locale: string;
}

/** What the berth is, in the visitor's units; a depth never without what it is measured from. */
export function DockFacts({ dock, unit, locale }: DockFactsProps) {
  const length = (cm: number | undefined) =>
    cm === undefined ? null : formatLength(cm, unit, locale);
  const { depthCm, depthDatum, overheadCm, overheadDatum } = dock;
  const hasBeam = dock.maxBeamCm !== undefined ||
    !["mooring", "side_tie", "t_head"].includes(dock.kind);
  return (
    <>
      <section class="stack">
        <h2>{words.facts}</h2>
        <Facts
          rows={[
            [words.maxLoa, length(dock.maxLoaCm)],
            [words.minLoa, length(dock.minLoaCm)],
            [words.maxBeam, length(dock.maxBeamCm) ?? (hasBeam ? words.notKnown : null)],
            [words.quay, length(dock.lengthCm)],
            [
              words.depth,
              depthCm !== undefined && depthDatum
                ? words.depthAt(length(depthCm)!, depthDatum)
                : words.notKnown,
            ],
            [
              words.overhead,
              overheadCm !== undefined && overheadDatum
                ? words.overheadAt(length(overheadCm)!, overheadDatum)
                : null,
            ],
            [
              words.displacement,
              dock.maxDisplacementKg === undefined
                ? null
                : `${formatCount(dock.maxDisplacementKg / 1000, locale)} t`,
            ],
            ...dock.outlets.map((outlet, i) =>
              [
                i === 0 ? words.power : `${words.power} ${i + 1}`,
                `${outlet.amps} A · ${outlet.volts} V · ${plugWords[outlet.plug]}`,
              ] as const
            ),
            [
              words.hulls,
              dock.hullTypes.length < 3
                ? dock.hullTypes.map((hull) => hullWords[hull]).join(", ")
                : null,
            ],
            [words.accessible, dock.accessible ? words.yes : null],
            [words.insurance, dock.requiresInsurance ? words.insuranceAsked : null],
          ]}
        />
      </section>
      {dock.amenities.length > 0 && (
        <section class="stack">
          <h2>{words.amenities}</h2>
          <ul class="amenities">
            {dock.amenities.map((amenity) => <li key={amenity}>{amenityWords[amenity]}</li>)}
          </ul>
        </section>
      )}
      <section class="stack">
        <h2>{words.harbour}</h2>
        {dock.harbour.approach && <p class="prose">{dock.harbour.approach}</p>}
        <Facts
          rows={[
            [words.vhf, dock.harbour.vhfChannel],
            [words.arrival, words.arrivalFrom(dock.checkInFrom, dock.holdUntil)],
            [words.departure, words.departureBy(dock.checkOutBy)],
            [words.zone, dock.timeZone.replaceAll("_", " ")],
            [words.policy, policyWords[dock.cancellationPolicy]],
          ]}
        />
        {dock.harbour.tideStation && (
          <p class="muted small">
            {words.tides(dock.harbour.tideStation.name)} {dock.harbour.tideStation.attribution}
          </p>
        )}
      </section>
    </>
  );
}
