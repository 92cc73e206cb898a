import type { PartialVessel } from "../../shared/boat.ts";

/** The box that a drawing fills, in SVG units. */
export const BOX = { width: 360, height: 236 };
/** Room for the measures around the hull. */
const EDGE = { left: 58, right: 24, top: 14, bottom: 34 };
/** Between the boat from the side and the boat from ahead. */
const GAP = 36;

/** A length between two points, with where its text stands. */
export interface Measure {
  cm: number;
  path: string;
  x: number;
  y: number;
  anchor: "middle" | "end";
}

/** A boat from the side and from ahead, in one scale; every string is an SVG path. */
export interface BoatLines {
  waterline: number;
  hull: string;
  keel: string;
  house: string;
  sails: string;
  rig: string;
  /** A mast or a superstructure whose height nobody has said. */
  isHeightGuessed: boolean;
  /** SVG units of a centimetre. */
  scale: number;
  measures: Partial<Record<"loaCm" | "beamCm" | "draftCm" | "airDraftCm", Measure>>;
}

/** What a boat of a kind usually measures, by her length: for what she does not say herself. */
const USUAL = {
  mono: { beam: 0.31, draft: 0.16, air: 1.4 },
  multi: { beam: 0.55, draft: 0.1, air: 1.4 },
  power: { beam: 0.31, draft: 0.09, air: 0.34 },
};
const USUAL_LOA_CM = 1_100;

/** Draws a boat by her numbers; all her lengths are to one scale. */
export function drawBoat(vessel: PartialVessel): BoatLines {
  const { loaCm, beamCm, draftCm, airDraftCm, hullType = "mono" } = vessel;
  const usual = USUAL[hullType];
  const length = loaCm ?? USUAL_LOA_CM;
  const beam = beamCm ?? length * usual.beam;
  const draft = draftCm ?? length * usual.draft;
  const air = airDraftCm ?? length * usual.air;

  const width = BOX.width - EDGE.left - EDGE.right - GAP;
  const height = BOX.height - EDGE.top - EDGE.bottom;
  const scale = Math.min(width / (length + beam), height / (air + draft));
  const [l, b, d, a] = [length * scale, beam * scale, draft * scale, air * scale];
  const left = EDGE.left + (width - l - b) / 2;
  const waterline = EDGE.top + (height - a - d) / 2 + a;
  const middle = left + l + GAP + b / 2;

  const shape = { l, b, d, a, f: Math.min(l * 0.1, a * 0.5) };
  const side = SIDES[hullType](placer(left, waterline), shape);
  const ahead = FRONTS[hullType](placer(middle, waterline), shape);
  const bottom = waterline + d + 14;
  const pole = left - 14;
  const middleOf = (from: number, to: number) => (from + to) / 2 + 4;
  return {
    waterline,
    scale,
    isHeightGuessed: airDraftCm === undefined,
    hull: side.hull + ahead.hull,
    keel: side.keel + ahead.keel,
    house: side.house + ahead.house,
    sails: side.sails,
    rig: side.rig + ahead.rig,
    measures: {
      ...(loaCm !== undefined && {
        loaCm: across(loaCm, left, left + l, bottom),
      }),
      ...(beamCm !== undefined && {
        beamCm: across(beamCm, middle - b / 2, middle + b / 2, bottom),
      }),
      ...(draftCm !== undefined && {
        draftCm: {
          ...down(draftCm, pole, waterline, waterline + d),
          // A shallow draft's text must not meet the one above the water.
          y: Math.max(middleOf(waterline, waterline + d), waterline + 13),
        },
      }),
      ...(airDraftCm !== undefined && {
        airDraftCm: {
          ...down(airDraftCm, pole, waterline - a, waterline),
          y: Math.min(middleOf(waterline - a, waterline), waterline - 5),
        },
      }),
    },
  };
}

interface Shape {
  /** Length, beam, draft, height and freeboard in SVG units. */
  l: number;
  b: number;
  d: number;
  a: number;
  f: number;
}
interface View {
  hull: string;
  keel: string;
  house: string;
  sails: string;
  rig: string;
}
/** A point by its distance from the stern (or the middle) and from the water, down. */
type At = (x: number, y: number) => string;
type Draw = (at: At, shape: Shape) => View;

const SIDES: Record<"mono" | "multi" | "power", Draw> = {
  mono(at, { l, d, a, f }) {
    const body = Math.min(d * 0.45, l * 0.055);
    return {
      hull: sailingHull(at, l, f, body),
      keel: line(at, [[l * 0.6, body * 0.7], [l * 0.53, d], [l * 0.4, d], [l * 0.43, body * 0.8]]) +
        line(at, [[l * 0.14, body * 0.4], [l * 0.12, d * 0.72], [l * 0.06, d * 0.72], [
          l * 0.06,
          0,
        ]]),
      house: line(at, [[l * 0.3, -f], [l * 0.34, -f * 1.5], [l * 0.6, -f * 1.4], [
        l * 0.7,
        -f * 1.05,
      ]]),
      ...rig(at, l, a, f),
    };
  },
  multi(at, { l, d, a, f }) {
    const body = d * 0.6;
    return {
      hull: sailingHull(at, l, f, body),
      keel: line(at, [[l * 0.58, body * 0.8], [l * 0.55, d], [l * 0.36, d], [l * 0.34, body]]),
      house: line(at, [[l * 0.2, -f], [l * 0.22, -f * 1.8], [l * 0.56, -f * 1.8], [
        l * 0.66,
        -f * 1.05,
      ]]),
      ...rig(at, l, a, f),
    };
  },
  power(at, { l, d, a, f }) {
    // The topmost stretch is a mast for lights and radar.
    const roof = Math.max(f * 1.15, Math.min(a * 0.82, l * 0.26));
    return {
      hull: `M${at(0, -f * 0.8)}Q${at(l * 0.6, -f * 0.85)} ${at(l, -f * 1.3)}` +
        `Q${at(l * 0.96, -f * 0.4)} ${at(l * 0.86, d * 0.35)}L${at(l * 0.7, d * 0.8)}` +
        `L${at(l * 0.02, d * 0.55)}Z`,
      keel: line(at, [[l * 0.7, d * 0.78], [l * 0.3, d], [l * 0.08, d], [l * 0.03, d * 0.5]]),
      house: line(at, [[l * 0.12, -f * 0.8], [l * 0.16, -roof], [l * 0.48, -roof], [
        l * 0.62,
        -f * 0.95,
      ]]),
      sails: "",
      rig: `M${at(l * 0.26, -roof)}V${at(0, -a).split(",")[1]}`,
    };
  },
};

const FRONTS: Record<"mono" | "multi" | "power", Draw> = {
  mono(at, { b, d, a, f, l }) {
    const body = Math.min(d * 0.45, l * 0.055);
    const fin = Math.max(1, b * 0.04);
    return {
      hull: `M${at(-b / 2, -f)}C${at(-b * 0.48, body * 0.7)} ${at(-b * 0.2, body)} ${at(0, body)}` +
        `C${at(b * 0.2, body)} ${at(b * 0.48, body * 0.7)} ${at(b / 2, -f)}Z`,
      keel: line(at, [[-fin, body * 0.8], [-fin * 1.4, d], [fin * 1.4, d], [fin, body * 0.8]]),
      house: line(at, [[-b * 0.26, -f], [-b * 0.22, -f * 1.5], [b * 0.22, -f * 1.5], [
        b * 0.26,
        -f,
      ]]),
      sails: "",
      rig: mast(at, 0, f, a) + `M${at(-b * 0.36, -a * 0.55)}L${at(b * 0.36, -a * 0.55)}`,
    };
  },
  multi(at, { b, d, a, f }) {
    const float = (side: 1 | -1) => {
      const outline: [number, number][] = [
        [side * b * 0.5, -f],
        [side * b * 0.48, d * 0.2],
        [side * b * 0.42, d * 0.6],
        [side * b * 0.36, d * 0.2],
        [side * b * 0.33, -f * 0.55],
      ];
      // Drawn the same way round as the deck: where they overlap they would else cancel out.
      return line(at, side === 1 ? outline : outline.toReversed());
    };
    const fin = (side: number) =>
      line(at, [[side * b * 0.43, d * 0.5], [side * b * 0.425, d], [side * b * 0.415, d], [
        side * b * 0.41,
        d * 0.5,
      ]]);
    return {
      hull: float(1) + float(-1) +
        line(at, [[-b / 2, -f], [b / 2, -f], [b * 0.34, -f * 0.5], [-b * 0.34, -f * 0.5]]),
      keel: fin(1) + fin(-1),
      house: line(at, [[-b * 0.34, -f], [-b * 0.28, -f * 1.8], [b * 0.28, -f * 1.8], [
        b * 0.34,
        -f,
      ]]),
      sails: "",
      rig: mast(at, 0, f, a) + `M${at(-b * 0.2, -a * 0.55)}L${at(b * 0.2, -a * 0.55)}`,
    };
  },
  power(at, { b, d, a, f, l }) {
    const roof = Math.max(f * 1.15, Math.min(a * 0.82, l * 0.26));
    return {
      hull: line(at, [[-b / 2, -f], [-b * 0.45, d * 0.2], [0, d], [b * 0.45, d * 0.2], [
        b / 2,
        -f,
      ]]),
      keel: "",
      house: line(at, [[-b * 0.42, -f], [-b * 0.34, -roof], [b * 0.34, -roof], [b * 0.42, -f]]),
      sails: "",
      rig: mast(at, 0, roof, a),
    };
  },
};

function sailingHull(at: At, l: number, f: number, body: number): string {
  return `M${at(0, -f)}Q${at(l * 0.5, -f * 0.82)} ${at(l, -f * 1.12)}L${at(l * 0.94, 0)}` +
    `C${at(l * 0.74, body * 1.25)} ${at(l * 0.3, body * 1.3)} ${at(l * 0.04, 0)}Z`;
}

/** Mast, boom and stays, and two sails on them. */
function rig(at: At, l: number, a: number, f: number): Pick<View, "sails" | "rig"> {
  const x = l * 0.57;
  const boom = -Math.min(f * 2, a * 0.6);
  const head = Math.min(boom, -a * 0.97);
  return {
    sails: `M${at(x - l * 0.012, head)}L${at(x - l * 0.012, boom)}L${at(l * 0.14, boom)}` +
      `Q${at(l * 0.36, head * 0.6)} ${at(x - l * 0.012, head)}Z` +
      `M${at(x + l * 0.02, Math.min(boom, head * 0.94))}L${at(l * 0.95, -f * 1.2)}` +
      `L${at(x + l * 0.02, boom * 0.9)}Z`,
    rig: mast(at, x, f, a) + `M${at(x, boom)}L${at(l * 0.12, boom)}` +
      `M${at(l, -f * 1.12)}L${at(x, -a * 0.97)}L${at(0, -f)}`,
  };
}

function mast(at: At, x: number, from: number, to: number): string {
  return `M${at(x, -from)}L${at(x, -to)}`;
}

function line(at: At, points: readonly (readonly [number, number])[]): string {
  return `M${points.map(([x, y]) => at(x, y)).join("L")}Z`;
}

function placer(left: number, water: number): At {
  return (x, y) => `${(left + x).toFixed(1)},${(water + y).toFixed(1)}`;
}

function across(cm: number, from: number, to: number, y: number): Measure {
  const path = `M${from},${y - 4}v8M${from},${y}H${to}M${to},${y - 4}v8`;
  return { cm, path, x: (from + to) / 2, y: y + 16, anchor: "middle" };
}

function down(cm: number, x: number, from: number, to: number): Measure {
  const path = `M${x - 4},${from}h8M${x},${from}V${to}M${x - 4},${to}h8`;
  return { cm, path, x: x - 8, y: (from + to) / 2, anchor: "end" };
}
