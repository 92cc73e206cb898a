/** What the simulator is told to do wrong with some requests. */
export interface Fault {
  /** Begins what it is about: `POST /v1/refunds`; absent: every call of the API. */
  match?: string;
  /**
   * `refuse`: nothing is done, the status is answered. `lose`: it is done, but the answer is the
   * status. `cut`: nothing is done and the connection is cut. `lose-and-cut`: it is done, and the
   * connection is cut. `delay`: it is done later.
   */
  kind: "refuse" | "lose" | "cut" | "lose-and-cut" | "delay";
  /** 500 where absent. */
  status?: number;
  /** Milliseconds, of `delay`. */
  ms?: number;
  /** How many requests it is for; absent: all that come. */
  times?: number;
  /** How likely, 0 to 1; absent: always. */
  chance?: number;
}

/** How webhooks are brought. */
export interface Delivery {
  /** They wait until they are released. */
  hold?: boolean;
  /** Each goes out so many times; 1 where absent. */
  copies?: number;
  /** Those that wait go out in any order. */
  shuffle?: boolean;
  /** Each waits so long first. */
  delayMs?: number;
  /** How many of them are lost for good, 0 to 1. */
  lose?: number;
}

/** The faults in force; each request takes at most one. */
export class Faults {
  #faults: Fault[] = [];
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  set(faults: readonly Fault[]): void {
    this.#faults = faults.map((fault) => ({ ...fault }));
  }

  take(method: string, path: string): Fault | undefined {
    for (const fault of this.#faults) {
      if (fault.match !== undefined && !`${method} ${path}`.startsWith(fault.match)) continue;
      if (fault.chance !== undefined && this.#random() >= fault.chance) continue;
      if (fault.times !== undefined) {
        fault.times -= 1;
        if (fault.times <= 0) this.#faults = this.#faults.filter((one) => one !== fault);
      }
      return fault;
    }
    return undefined;
  }
}
