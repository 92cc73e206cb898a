import { computed, signal } from "@preact/signals";
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { QuoteAnswer } from "../../shared/api.ts";
import type { Dock } from "../../shared/dock.ts";
import { dateToDay, dayToDate, todayIn } from "../../shared/stay.ts";
import type { Stay } from "../../shared/stay.ts";
import { readAvailability, readQuote } from "../api/docks-api.ts";
import type { Http } from "../api/http.ts";
import { choiceToQuery } from "./chosen-boat.ts";
import type { ChosenBoat } from "./prefs.ts";
import { createResource } from "./resource.ts";
import type { Loaded } from "./resource.ts";

/** The API answers for this many nights at once; no dock sells so far ahead that it matters. */
const MAX_NIGHTS_ASKED = 400;

export interface DockVisit {
  /** The first night that the calendar shows, by the dock's own clock. */
  today: string;
  /** The last day that nights are sold up to. */
  lastDay: string;
  stay: Signal<Stay | null>;
  taken: ReadonlySignal<ReadonlySet<string>>;
  isCalendarKnown: ReadonlySignal<boolean>;
  quote: ReadonlySignal<Loaded<QuoteAnswer>>;
  /** Reads the free nights, for a boat of this length where the dock is a quay. */
  readNights(loaCm: number | undefined): Promise<void>;
  /** Asks for a price anew where there are nights and a boat; forgets the old one. */
  readPrice(boat: ChosenBoat | null, isSignedIn: boolean): Promise<void>;
  stop(): void;
}

/** What a visitor of a dock looks at: its free nights, and the price of the ones chosen. */
export function createDockVisit(
  http: Http,
  dock: Dock,
  nowMs: number,
  asked: Stay | null,
): DockVisit {
  const today = todayIn(dock.timeZone, nowMs);
  const stay = signal(asked && asked.from >= today ? asked : null);
  const nights = Math.min(MAX_NIGHTS_ASKED, dock.windowDays + 1);
  const lastDay = dayToDate(dateToDay(today) + nights);

  let loaCm: number | undefined;
  const availability = createResource((abort) =>
    readAvailability(http, dock.id, { from: today, to: lastDay }, loaCm, abort)
  );
  let priced: { stay: Stay; boat: ChosenBoat; isSignedIn: boolean } | undefined;
  const quote = createResource((abort) =>
    readQuote(http, dock.id, priced!.stay, choiceToQuery(priced!.boat, priced!.isSignedIn), abort)
  );
  const shown = signal<Loaded<QuoteAnswer> | null>(null);

  return {
    today,
    lastDay,
    stay,
    taken: computed(() =>
      new Set(
        availability.state.value.value?.nights.filter(({ free }) => !free).map(({ date }) => date),
      )
    ),
    isCalendarKnown: computed(() => availability.state.value.value !== undefined),
    quote: computed(() => shown.value ?? quote.state.value),
    readNights(length) {
      loaCm = length;
      return availability.load();
    },
    async readPrice(boat, isSignedIn) {
      const chosen = stay.value;
      if (!chosen || boat?.vessel.loaCm === undefined) {
        quote.stop();
        shown.value = { status: "ready" };
        return;
      }
      priced = { stay: chosen, boat, isSignedIn };
      shown.value = null;
      await quote.load();
    },
    stop() {
      availability.stop();
      quote.stop();
    },
  };
}
