import type { DockKind } from "../../shared/dock.ts";
import { box, dot, seededNumbers } from "./plan-shapes.ts";
import type { PlanBoat } from "./plan-shapes.ts";

/** A harbour plan, 320 by 240: paths by what they are drawn as. */
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

/** Where things lie around a dock of a kind; the same for the same seed. */
export function layPlan(kind: DockKind, seed: number): PlanLayout {
  const random = seededNumbers(seed);
  const plan: PlanLayout = {
    land: shore(kind === "mooring" ? 34 : 52, random),
    works: "",
    lines: "",
    dots: "",
    boats: [],
    berth: "",
    guest: { x: 0, y: 0, length: 60, heading: 0, hulls: 1 },
  };
  LAYERS[kind](plan, random);
  return plan;
}

type Layer = (plan: PlanLayout, random: () => number) => void;

const LAYERS: Record<DockKind, Layer> = {
  slip(plan, random) {
    plan.works += box(154, 40, 12, 220);
    for (let row = 0; row < 5; row++) {
      const y = 74 + row * 42;
      plan.works += box(80, y, 74, 4) + box(166, y, 74, 4);
      for (const side of [-1, 1] as const) {
        const mine = row === 2 && side === 1;
        const boat = lie(160 + side * 48, y - 19, side * -90, 58 + random() * 14, random);
        if (mine) offer(plan, boat, box(170, y - 36, 70, 32));
        else if (random() < 0.78) plan.boats.push(boat);
      }
    }
  },
  side_tie(plan, random) {
    plan.works += box(-60, 52, 440, 16);
    for (let x = -40; x < 360; x += 26) plan.dots += dot(x, 60, 2);
    let x = -30;
    for (let i = 0; i < 5; i++) {
      const length = 58 + random() * 34;
      const boat = lie(x + length / 2, 86, 90, length, random);
      if (i === 2) offer(plan, boat, box(x - 4, 70, length + 8, 34));
      else if (random() < 0.85) plan.boats.push(boat);
      x += length + 14;
    }
  },
  t_head(plan, random) {
    plan.works += box(154, 40, 12, 92) + box(56, 128, 208, 14);
    for (const x of [86, 234]) {
      if (random() < 0.8) plan.boats.push(lie(x, 110, 90, 52 + random() * 12, random));
    }
    offer(plan, lie(160, 160, -90, 92, random), box(108, 145, 104, 34));
  },
  stern_to(plan, random) {
    plan.works += box(-60, 52, 440, 14);
    for (let i = 0; i < 9; i++) {
      const x = -20 + i * 42;
      const length = 66 + random() * 18;
      const boat = lie(x, 74 + length / 2, 180, length, random);
      plan.lines += `M${x - 8},66v10M${x + 8},66v10M${x},${74 + length}v46`;
      plan.dots += dot(x, 122 + length, 1.6);
      if (i === 4) offer(plan, boat, box(x - 18, 70, 36, length + 10));
      else if (random() < 0.84) plan.boats.push(boat);
    }
  },
  pile(plan, random) {
    plan.works += box(-60, 52, 440, 14);
    for (let i = 0; i < 9; i++) {
      const x = -20 + i * 42;
      const length = 60 + random() * 12;
      plan.dots += dot(x - 21, 156, 3);
      plan.lines += `M${x - 20},155L${x - 8},136M${x + 20},155L${x + 8},136`;
      const boat = lie(x, 78 + length / 2, 0, length, random);
      if (i === 4) offer(plan, boat, box(x - 19, 70, 38, 84));
      else if (random() < 0.84) plan.boats.push(boat);
    }
  },
  mooring(plan, random) {
    const wind = -50 + random() * 100;
    const turn = (wind * Math.PI) / 180;
    const spots = [[52, 96], [268, 88], [160, 142], [44, 196], [272, 200], [156, 240]] as const;
    for (const [i, [x, y]] of spots.entries()) {
      const length = 44 + random() * 16;
      const boat = lie(
        x - Math.sin(turn) * (length / 2 + 10),
        y + Math.cos(turn) * (length / 2 + 10),
        wind,
        length,
        random,
      );
      plan.dots += dot(x, y, 3.2);
      if (i === 2) offer(plan, boat, dot(x, y, length + 14));
      else if (random() < 0.75) plan.boats.push(boat);
    }
  },
  dry_rack(plan, random) {
    plan.land = "M-60,-60H380V190C300,204 250,182 170,196S20,190 -60,204Z";
    plan.works += box(150, 176, 26, 60);
    for (let column = 0; column < 7; column++) {
      for (let row = 0; row < 2; row++) {
        const x = 40 + column * 40;
        const y = 52 + row * 74;
        plan.works += box(x - 16, y - 32, 3, 64) + box(x + 13, y - 32, 3, 64);
        const boat = lie(x, y, 0, 50 + random() * 6, random);
        if (column === 3 && row === 1) offer(plan, boat, box(x - 18, y - 34, 36, 68));
        else if (random() < 0.8) plan.boats.push(boat);
      }
    }
  },
};

function shore(depth: number, random: () => number): string {
  const wave = () => depth - 10 + random() * 12;
  return `M-60,-60H380V${wave()}C300,${wave()} 260,${wave()} 170,${wave()}` +
    `S40,${wave()} -60,${wave()}Z`;
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
