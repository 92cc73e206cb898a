import { distanceM, type Position } from "../../../shared/geo.ts";

const CELL_DEGREES = 0.25;
const COLUMNS = 360 / CELL_DEGREES;
const METRES_A_DEGREE = 111_000;

/** Points in cells of a quarter degree: what lies near is found without looking at all of them. */
export class PointGrid<T extends Position> {
  readonly #cells = new Map<number, T[]>();

  constructor(points: Iterable<T> = []) {
    for (const point of points) this.add(point);
  }

  add(point: T): void {
    const cell = cellOf(rowOf(point.lat), columnOf(point.lon));
    const known = this.#cells.get(cell);
    if (known) known.push(point);
    else this.#cells.set(cell, [point]);
  }

  /** The nearest point within a distance that `accept` takes. */
  nearest(
    position: Position,
    withinM: number,
    accept: (point: T) => boolean = () => true,
  ): T | undefined {
    let best: T | undefined;
    let bestM = withinM;
    const rows = Math.ceil(withinM / METRES_A_DEGREE / CELL_DEGREES);
    const shrink = Math.max(0.02, Math.cos((Math.abs(position.lat) * Math.PI) / 180));
    const columns = Math.min(COLUMNS / 2, Math.ceil(rows / shrink));
    const row = rowOf(position.lat);
    const column = columnOf(position.lon);
    for (let y = row - rows; y <= row + rows; y++) {
      for (let x = column - columns; x <= column + columns; x++) {
        for (const point of this.#cells.get(cellOf(y, x)) ?? []) {
          const away = distanceM(position, point);
          if (away > bestM || !accept(point)) continue;
          best = point;
          bestM = away;
        }
      }
    }
    return best;
  }
}

function rowOf(lat: number): number {
  return Math.floor((lat + 90) / CELL_DEGREES);
}

function columnOf(lon: number): number {
  return Math.floor((lon + 180) / CELL_DEGREES);
}

function cellOf(row: number, column: number): number {
  return row * COLUMNS + ((column % COLUMNS) + COLUMNS) % COLUMNS;
}
