import { useEffect, useMemo, useState } from "preact/hooks";
import type { Block } from "../../../shared/api.ts";
import { nightCount, todayIn } from "../../../shared/stay.ts";
import type { HostDock } from "../../api/host-api.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { TextField } from "../../components/form-fields.tsx";
import { RangeCalendar } from "../../components/range-calendar.tsx";
import { useApp } from "../../store/app-context.ts";
import { createHostNights } from "../../store/host-nights.ts";
import { watchBookings } from "../../store/inbox-news.ts";
import type { HostNights } from "../../store/host-nights.ts";
import { failureCode, failureWords } from "../../text/failures.ts";
import { formatLength, formatStay } from "../../text/format.ts";
import { BookingCard } from "./booking-card.tsx";
import { countNights, words } from "./host-words.ts";

/** The nights of one dock: blocked, booked, free. */
export function DockNights({ dock }: { dock: HostDock }) {
  const { http, platform } = useApp();
  const { id, timeZone } = dock;
  const today = todayIn(timeZone, platform.now());
  const nights = useMemo(
    () => createHostNights(http, id, today, () => platform.newKey()),
    [http, id, today, platform],
  );
  useEffect(() => {
    void nights.load();
    return watchBookings({ http, onNews: () => void nights.load() });
  }, [nights, http]);
  const status = nights.status.value;
  if (status === "failed") {
    return <FailureBox error={nights.error.value} onRetry={() => void nights.load()} />;
  }
  if (status === "waiting") return <div class="skeleton" style={{ height: "420px" }} />;
  const bookings = nights.bookings.value;
  return (
    <div class="host-nights">
      <section class="card stack" aria-labelledby="host-calendar">
        <h2 id="host-calendar">{words.calendar}</h2>
        <p class="muted small">{words.calendarText}</p>
        <BlockForm nights={nights} today={today} />
      </section>
      <div class="stack">
        <section class="stack" aria-labelledby="host-blocks">
          <h2 id="host-blocks">{words.blocks}</h2>
          <Blocks nights={nights} />
        </section>
        <section class="stack" aria-labelledby="host-dock-bookings">
          <h2 id="host-dock-bookings">{words.bookings}</h2>
          {bookings.length === 0 && <p class="muted">{words.noBookings}</p>}
          <ul class="host-cards">
            {bookings.map((booking) => (
              <li key={booking.id}>
                <BookingCard booking={booking} />
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}

interface NightsProps {
  nights: HostNights;
}

function BlockForm({ nights, today }: NightsProps & { today: string }) {
  const { locale } = useApp().platform;
  const [span, setSpan] = useState({ from: "", to: "" });
  const [note, setNote] = useState("");
  const { from, to } = span;
  const error = nights.error.value;
  const doing = nights.doing.value;

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    if (!from || !to) return;
    if (!await nights.block(from, to, note)) return;
    setSpan({ from: "", to: "" });
    setNote("");
  }

  return (
    <form class="stack" onSubmit={(event) => void send(event)}>
      <RangeCalendar
        from={from}
        to={to}
        min={today}
        isTaken={(night) => nights.taken.value.has(night)}
        locale={locale}
        onChange={(nextFrom, nextTo) => setSpan({ from: nextFrom, to: nextTo })}
      />
      <output class="small">
        {from && to
          ? `${formatStay(from, to, locale)} · ${countNights(nightCount(span), locale)}`
          : words.pickFirst}
      </output>
      <TextField
        label={words.note}
        hint={words.noteHint}
        value={note}
        maxLength={200}
        onChange={setNote}
      />
      {error !== undefined && (
        <p class="notice bad" role="alert">
          {failureCode(error) === "dates-taken" ? words.taken : failureWords(error)}
        </p>
      )}
      <div class="row">
        <button type="submit" class="button primary" disabled={!to || doing !== null}>
          {doing === "block" ? words.blocking : words.block}
        </button>
      </div>
    </form>
  );
}

function Blocks({ nights }: NightsProps) {
  const { platform, prefs } = useApp();
  const { locale } = platform;
  const { unit } = prefs.value.value;
  const blocks = nights.blocks.value;
  if (blocks.length === 0) return <p class="muted">{words.noBlocks}</p>;
  const part = ([lo, hi]: NonNullable<Block["spanCm"]>) =>
    words.part(formatLength(lo, unit, locale), formatLength(hi, unit, locale));
  return (
    <ul class="host-cards">
      {blocks.map((block) => {
        const stay = formatStay(block.from, block.to, locale);
        return (
          <li key={block.id} class="host-block">
            <span>
              <b>{stay}</b>
              <span class="muted small">
                {block.spanCm ? part(block.spanCm) : countNights(nightCount(block), locale)}
              </span>
              {block.note && <span class="small">{block.note}</span>}
            </span>
            <button
              type="button"
              class="button small"
              aria-label={words.unblockNights(stay)}
              disabled={nights.doing.value !== null}
              onClick={() => void nights.unblock(block.id)}
            >
              {words.unblock}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
