import { useState } from "preact/hooks";
import type { Bbox, Position } from "../../../shared/geo.ts";
import { circleToBbox } from "../../../shared/circle.ts";
import type { MapPin } from "../../components/dock-map.tsx";
import { TextField } from "../../components/form-fields.tsx";
import { MapIcon } from "../../components/icons.tsx";
import { PlaceBox } from "../../components/place-box.tsx";
import { useModule } from "../../components/use-module.ts";
import { useApp } from "../../store/app-context.ts";
import { lookUpPlaces, middleOfBox } from "../../store/places.ts";
import { coordinateToText, textsToPosition } from "../../text/coordinates.ts";
import { formWords as words } from "./form-words.ts";

interface PositionFieldProps {
  legend: string;
  hint: string;
  pin: string;
  lat: string;
  lon: string;
  latFault: string | undefined;
  lonFault: string | undefined;
  /** Where the chart begins while no position is typed. */
  near?: Position | undefined;
  onChange: (part: { lat: string; lon: string }) => void;
  /** The person looked a place up on the chart. */
  onPlace?: (name: string) => void;
}

const loadMap = () => import("../../components/dock-map.tsx");
const NORTH_ATLANTIC: Bbox = { west: -80, south: 25, east: 30, north: 62 };
/** Close enough to tell one basin from the next. */
const CLOSE_M = 1500;

/** A position: typed as degrees, or pointed at on the chart. */
export function PositionField(props: PositionFieldProps) {
  const { lat, lon, near } = props;
  const { http, platform, prefs } = useApp();
  const { theme, recent } = prefs.value.value;
  const [isOpen, setOpen] = useState(false);
  const map = useModule(loadMap, isOpen);
  const position = textsToPosition(lat, lon);
  const [view, setView] = useState<Bbox | null>(null);
  const [found, setFound] = useState("");
  const begin = position ?? near;
  const [place] = recent;
  const shown = view ??
    (begin
      ? circleToBbox(begin, CLOSE_M)
      : place
      ? circleToBbox(place, place.radiusM)
      : NORTH_ATLANTIC);

  const pins: MapPin[] = position
    ? [{ id: 0, position, label: props.pin, title: props.pin, verdict: null }]
    : [];

  function open(): void {
    setView(shown);
    setOpen(!isOpen);
  }

  return (
    <fieldset class="stack position-field">
      <legend class="legend">{props.legend}</legend>
      <p class="muted small">{props.hint}</p>
      <div class="fields-2">
        <TextField
          label={words.lat}
          value={lat}
          fault={props.latFault}
          placeholder={near ? coordinateToText(near.lat) : "50° 09.3′ N"}
          onChange={(next) => props.onChange({ lat: next, lon })}
        />
        <TextField
          label={words.lon}
          value={lon}
          fault={props.lonFault}
          placeholder={near ? coordinateToText(near.lon) : "5° 03.6′ W"}
          onChange={(next) => props.onChange({ lat, lon: next })}
        />
      </div>
      <div class="row">
        <button type="button" class="button small" aria-expanded={isOpen} onClick={open}>
          <MapIcon size={18} />
          {isOpen ? words.closeChart : words.openChart}
        </button>
      </div>
      {isOpen && (
        <div class="position-chart">
          <div class="position-place">
            <PlaceBox
              label={words.findPlace}
              placeholder={words.findPlaceHint}
              value={found}
              recent={recent}
              find={(text, signal) => lookUpPlaces(http, text, middleOfBox(shown), signal)}
              onPick={(picked) => {
                prefs.remember(picked);
                setFound(picked.name);
                setView(circleToBbox(picked, Math.min(picked.radiusM, 6000)));
                props.onPlace?.(picked.name);
              }}
            />
          </div>
          <div class="position-map">
            {map
              ? (
                <map.DockMap
                  label={words.chart}
                  pins={pins}
                  view={shown}
                  locale={platform.locale}
                  theme={theme}
                  tileUrl={import.meta.env["VITE_TILE_URL"]}
                  onClick={(at) =>
                    props.onChange({
                      lat: coordinateToText(at.lat),
                      lon: coordinateToText(at.lon),
                    })}
                />
              )
              : <div class="map-waiting" />}
          </div>
          <p class="muted small">{words.chartHint}</p>
        </div>
      )}
    </fieldset>
  );
}
