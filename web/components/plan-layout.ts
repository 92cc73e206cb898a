import type { DockKind } from "../../shared/dock.ts";
import { box, dot, seededNumbers } from "./plan-shapes.ts";
import type { PlanBoat } from "./plan-shapes.ts";

/** A harbour plan around (160, 120): paths by what they are drawn as. */
export interface PlanLayout {
  land: string;
  works: string;
  lines: string;
  dots: string;
  boats: PlanBoat[];
  /** The berth that is offered, and the boat that may lie there. */
  berth: string;
  guest: PlanBoat;
}

/** How far left and right of the middle a plan is drawn. */
const NARROW = 220;
const WIDE = 420;

/** Where things lie around a dock of a kind; the same for the same seed. */
export function layPlan(kind: DockKind, seed: number, isWide = false): PlanLayout {
  const random = seededNumbers(seed);
  const reach = isWide ? WIDE : NARROW;
  const plan: PlanLayout = {
    land: shore(kind === "mooring" ? 34 : 52, reach, random),
    works: "",
    lines: "",
    dots: "",
    boats: [],
    berth: "",
    guest: { x: 0, y: 0, length: 60, heading: 0, hulls: 1 },
  };
  LAYERS[kind](plan, random, reach);
  return plan;
}

type Layer = (plan: PlanLayout, random: () => number, reach: number) => void;

const LAYERS: Record<DockKind, Layer> = {
  slip(plan, random, reach) {
    for (const x of around(190, reach - 120)) {
      plan.works += box(x - 6, 40, 12, 260);
      for (let row = 0; row < 5; row++) {
        const y = 74 + row * 42;
        plan.works += box(x - 80, y, 74, 4) + box(x + 6, y, 74, 4);
        for (const side of [-1, 1] as const) {
          const boat = lie(x + side * 48, y - 19, side * -90, 58 + random() * 14, random);
          if (x === 160 && row === 2 && side === 1) offer(plan, boat, box(170, y - 36, 70, 32));
          else if (random() < 0.78) plan.boats.push(boat);
        }
      }
    }
  },
  side_tie(plan, random, reach) {
    plan.works += quay(reach, 16);
    for (const x of around(26, reach)) plan.dots += dot(x, 60, 2);
    let x = 160 - reach;
    while (x < 160 + reach) {
      const length = 58 + random() * 34;
      const boat = lie(x + length / 2, 86, 90, length, random);
      if (x <= 160 && x + length + 14 > 160) offer(plan, boat, box(x - 4, 70, length + 8, 34));
      else if (random() < 0.85) plan.boats.push(boat);
      x += length + 14;
    }
  },
  t_head(plan, random, reach) {
    for (const x of around(270, reach - 150)) {
      plan.works += box(x - 6, 40, 12, 92) + box(x - 104, 128, 208, 14);
      for (const side of [-74, 74]) {
        if (random() < 0.8) plan.boats.push(lie(x + side, 110, 90, 52 + random() * 12, random));
      }
      const boat = lie(x, 160, -90, 92, random);
      if (x === 160) offer(plan, boat, box(108, 145, 104, 34));
      else if (random() < 0.8) plan.boats.push(boat);
    }
  },
  stern_to: (plan, random, reach) =>
    row(plan, random, reach, 180, 66, (x, length) => {
      plan.lines += `M${x - 8},66v10M${x + 8},66v10M${x},${74 + length}v46`;
      plan.dots += dot(x, 122 + length, 1.6);
    }),
  pile: (plan, random, reach) =>
    row(plan, random, reach, 0, 60, (x) => {
      plan.dots += dot(x - 21, 156, 3);
      plan.lines += `M${x - 20},155L${x - 8},136M${x + 20},155L${x + 8},136`;
    }),
  mooring(plan, random, reach) {
    const wind = -50 + random() * 100;
    const turn = (wind * Math.PI) / 180;
    for (const column of around(112, reach)) {
      for (const row of [96, 200]) {
        const isMine = column === 160 && row === 96;
        const [x, y] = isMine
          ? [160, 142]
          : [column + random() * 24 - 12, row + (column === 160 ? 46 : random() * 24 - 12)];
        const length = 44 + random() * 16;
        const away = length / 2 + 10;
        const boat = lie(
          x - Math.sin(turn) * away,
          y + Math.cos(turn) * away,
          wind,
          length,
          random,
        );
        plan.dots += dot(x, y, 3.2);
        if (isMine) offer(plan, boat, dot(x, y, length + 14));
        else if (random() < 0.75) plan.boats.push(boat);
      }
    }
  },
  dry_rack(plan, random, reach) {
    const [west, east] = [160 - reach, 160 + reach];
    plan.land = `M${west},-60H${east}V190C300,204 250,182 170,196S20,190 ${west},204Z`;
    plan.works += box(147, 176, 26, 60);
    for (const x of around(40, reach)) {
      for (const y of [52, 126]) {
        plan.works += box(x - 16, y - 32, 3, 64) + box(x + 13, y - 32, 3, 64);
        const boat = lie(x, y, 0, 50 + random() * 6, random);
        if (x === 160 && y === 126) offer(plan, boat, box(x - 18, y - 34, 36, 68));
        else if (random() < 0.8) plan.boats.push(boat);
      }
    }
  },
};

/** Boats side by side at a quay, each with what holds her. */
function row(
  plan: PlanLayout,
  random: () => number,
  reach: number,
  heading: number,
  shortest: number,
  hold: (x: number, length: number) => void,
): void {
  plan.works += quay(reach, 14);
  for (const x of around(42, reach)) {
    const length = shortest + random() * 16;
    hold(x, length);
    const boat = lie(x, 76 + length / 2, heading, length, random);
    if (x === 160) offer(plan, boat, box(x - 18, 70, 36, 86));
    else if (random() < 0.84) plan.boats.push(boat);
  }
}

/** Places on both sides of the middle, the middle itself among them. */
function around(step: number, reach: number): number[] {
  const count = Math.floor(reach / step);
  return Array.from({ length: 2 * count + 1 }, (_, i) => 160 + (i - count) * step);
}

function quay(reach: number, depth: number): string {
  return box(160 - reach, 52, 2 * reach, depth);
}

function shore(depth: number, reach: number, random: () => number): string {
  const [west, east] = [160 - reach, 160 + reach];
  const wave = () => (depth - 10 + random() * 12).toFixed(1);
  return `M${west},-60H${east}V${wave()}C300,${wave()} 260,${wave()} 170,${wave()}` +
    `S40,${wave()} ${west},${wave()}Z`;
}

function lie(
  x: number,
  y: number,
  heading: number,
  length: number,
  random: () => number,
): PlanBoat {
  const tilt = (random() - 0.5) * 3;
  return { x, y, length, heading: heading + tilt, hulls: random() < 0.14 ? 2 : 1 };
}

function offer(plan: PlanLayout, guest: PlanBoat, berth: string): void {
  plan.guest = { ...guest, hulls: 1 };
  plan.berth = berth;
}
