import L from "leaflet";
import "leaflet/dist/leaflet.css";
import { useEffect, useRef } from "preact/hooks";
import type { Cluster } from "../../shared/api.ts";
import type { Verdict } from "../../shared/fit.ts";
import type { Bbox, Position } from "../../shared/geo.ts";
import { readChartColours } from "../map/chart-colours.ts";
import { LandLayer } from "../map/land-layer.ts";
import { clusterSize, mergeClusters } from "../map/merge-clusters.ts";
import { boxToCorners, cornersToBox, lonNear } from "../map/view-box.ts";
import { formatCount } from "../text/format.ts";
import { formatCountShort } from "../text/short-figures.ts";
import { words } from "./dock-map-words.ts";
import "./dock-map.css";

/** A dock on the map: what its pin says, and how it may be coloured. */
export interface MapPin {
  id: number;
  position: Position;
  label: string;
  title: string;
  verdict: Verdict | null;
  /** Was free as it was found, and is not any more. */
  isTaken?: boolean | undefined;
}

interface DockMapProps {
  label: string;
  pins: readonly MapPin[];
  clusters?: readonly Cluster[];
  lit?: number | null;
  /** The water to show; a change of it moves the map. */
  view: Bbox;
  locale: string;
  /** The theme; a change of it draws the chart anew. */
  theme: string;
  tileUrl?: string | undefined;
  /** The person moved the map, and it now shows this. */
  onMove?: (box: Bbox) => void;
  /** The person moves the map: what it shows this moment. */
  onDrag?: (box: Bbox) => void;
  onPick?: (id: number) => void;
  onPoint?: (id: number | null) => void;
  onClick?: (position: Position) => void;
}

/** The chart with its docks. The list beside it holds the same docks for the keyboard. */
export function DockMap(props: DockMapProps) {
  const holder = useRef<HTMLDivElement>(null);
  const map = useRef<L.Map | null>(null);
  const pinLayer = useRef<L.LayerGroup | null>(null);
  const markers = useRef(new Map<number, L.Marker>());
  const isQuiet = useRef(false);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const it = L.map(holder.current!, {
      zoomControl: false,
      worldCopyJump: true,
      minZoom: 2,
      maxZoom: 18,
      zoomSnap: 0.5,
      attributionControl: true,
    });
    it.attributionControl.setPrefix(false);
    L.control.zoom({
      position: "topright",
      zoomInTitle: words.zoomIn,
      zoomOutTitle: words.zoomOut,
    }).addTo(it);
    pinLayer.current = L.layerGroup().addTo(it);
    const { tileUrl } = latest.current;
    if (tileUrl) L.tileLayer(tileUrl, { maxZoom: 19 }).addTo(it);
    map.current = it;
    // Only a person's own moves are told: what the page itself moves it knows already.
    const quietly = (move: () => void) => {
      isQuiet.current = true;
      move();
      isQuiet.current = false;
    };
    quietly(() => showBox(it, latest.current.view));
    it.on("moveend", () => {
      if (!isQuiet.current) latest.current.onMove?.(shownBox(it));
    });
    it.on("drag", () => latest.current.onDrag?.(shownBox(it)));
    it.on("click", ({ latlng }) => {
      const { lat, lng } = latlng.wrap();
      latest.current.onClick?.({ lat, lon: lng });
    });
    const resized = new ResizeObserver(() => quietly(() => it.invalidateSize({ pan: false })));
    resized.observe(holder.current!);
    return () => {
      resized.disconnect();
      it.remove();
      map.current = null;
    };
  }, []);

  useEffect(() => {
    let land: LandLayer | undefined;
    const draw = () => {
      land?.remove();
      const colours = readChartColours(holder.current!);
      land = new LandLayer(() => colours).addTo(map.current!).setZIndex(0);
    };
    draw();
    // The device may turn dark at dusk, with the page open.
    const dusk = matchMedia("(prefers-color-scheme: dark)");
    dusk.addEventListener("change", draw);
    return () => {
      dusk.removeEventListener("change", draw);
      if (map.current) land?.remove();
    };
  }, [props.theme]);

  const { west, south, east, north } = props.view;
  useEffect(() => {
    const it = map.current!;
    if (isSame(shownBox(it), latest.current.view)) return;
    isQuiet.current = true;
    showBox(it, latest.current.view);
    isQuiet.current = false;
  }, [west, south, east, north]);

  useEffect(() => {
    const it = map.current!;
    const layer = pinLayer.current!;
    const middle = it.getCenter().lng;
    layer.clearLayers();
    markers.current.clear();
    const clusters = props.clusters ?? [];
    // Clusters count the listed docks too: of these only the one that is pointed at is shown.
    it.getContainer().classList.toggle("clustered", clusters.length > 0);
    for (const pin of props.pins) {
      const marker = L.marker([pin.position.lat, lonNear(pin.position, middle)], {
        icon: pinIcon(pin, pin.id === latest.current.lit),
        title: pin.isTaken ? words.taken(pin.title) : pin.title,
        alt: pin.title,
        keyboard: false,
      });
      marker.on("click", () => latest.current.onPick?.(pin.id));
      marker.on("mouseover", () => latest.current.onPoint?.(pin.id));
      marker.on("mouseout", () => latest.current.onPoint?.(null));
      markers.current.set(pin.id, marker);
      layer.addLayer(marker);
    }
    const drawn = clusters.map((cluster) => {
      const { x, y } = it.latLngToLayerPoint([cluster.lat, lonNear(cluster, middle)]);
      return { x, y, count: cluster.count };
    });
    for (const { x, y, count } of mergeClusters(drawn)) {
      const at = it.layerPointToLatLng([x, y]);
      const title = words.many(formatCount(count, props.locale));
      const size = clusterSize(count);
      L.marker(at, {
        icon: L.divIcon({
          className: "cluster",
          html: formatCountShort(count, props.locale),
          iconSize: [size, size],
        }),
        title,
        alt: title,
        keyboard: false,
      }).on("click", () => it.setView(at, Math.min(18, it.getZoom() + 2))).addTo(layer);
    }
  }, [props.pins, props.clusters, props.locale]);

  const litBefore = useRef<number | null>(null);
  useEffect(() => {
    for (const id of [litBefore.current, props.lit ?? null]) {
      const element = id === null ? undefined : markers.current.get(id)?.getElement();
      element?.classList.toggle("lit", id === props.lit);
    }
    litBefore.current = props.lit ?? null;
  }, [props.lit]);

  return <div ref={holder} class="dock-map" role="region" aria-label={props.label} />;
}

function pinIcon(pin: MapPin, isLit: boolean): L.DivIcon {
  const element = document.createElement("span");
  element.textContent = pin.label;
  return L.divIcon({
    className: `pin pin-${pin.verdict ?? "none"}${isLit ? " lit" : ""}${
      pin.isTaken ? " taken" : ""
    }`,
    html: element,
    iconSize: [0, 0],
  });
}

function shownBox(map: L.Map): Bbox {
  const bounds = map.getBounds();
  return cornersToBox({
    west: bounds.getWest(),
    south: bounds.getSouth(),
    east: bounds.getEast(),
    north: bounds.getNorth(),
  });
}

function showBox(map: L.Map, box: Bbox): void {
  const { west, south, east, north } = boxToCorners(box);
  // A hair smaller, or rounding would make a kept view one step wider at each visit.
  const bounds = L.latLngBounds([south, west], [north, east]).pad(-0.01);
  map.fitBounds(bounds, { animate: false, maxZoom: 15 });
}

/** Alike to what an address keeps of a box. */
function isSame(a: Bbox, b: Bbox): boolean {
  return (["west", "south", "east", "north"] as const).every((side) =>
    Math.abs(a[side] - b[side]) < 2e-5
  );
}
