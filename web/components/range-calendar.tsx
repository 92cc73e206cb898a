import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { dateToDay } from "../../shared/stay.ts";
import { formatDate, formatMonth } from "../text/format-time.ts";
import { ChevronIcon } from "./chevron-icon.tsx";
import { addDays, firstWeekdayOf, lastCheckOut, monthStart, monthWeeks } from "./month-days.ts";
import { words } from "./range-calendar-words.ts";
import "./range-calendar.css";

interface RangeCalendarProps {
  from: string;
  to: string;
  /** The first night that can be chosen. */
  min: string;
  /** The last day that can be shown. */
  max?: string;
  maxNights?: number;
  isTaken?: (night: string) => boolean;
  locale: string;
  onChange(from: string, to: string): void;
}

const KEY_STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
};

/** Two months of nights to choose a stay from: first the arrival, then the departure. */
export function RangeCalendar(props: RangeCalendarProps) {
  const { from, to, min, max, locale, maxNights = 365, isTaken = () => false } = props;
  const [month, setMonth] = useState(() => monthStart(from || min));
  const [focused, setFocused] = useState(from || min);
  const [pointed, setPointed] = useState("");
  const body = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const isChoosingEnd = from !== "" && to === "";
  const end = to || (isChoosingEnd && pointed > from ? pointed : "");
  const limit = isChoosingEnd ? lastCheckOut(from, isTaken, maxNights) : "";
  const firstWeekday = firstWeekdayOf(locale);

  // Before the browser paints: a key that follows at once must find its day.
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    body.current?.querySelector<HTMLElement>(`[data-date="${focused}"]`)?.focus();
  }, [focused, month]);

  function isOpen(date: string): boolean {
    if (date < min || (max !== undefined && date > max)) return false;
    if (isChoosingEnd && date > from) return date <= limit;
    return !isTaken(date);
  }

  function choose(date: string): void {
    if (!isOpen(date)) return;
    if (isChoosingEnd && date > from) props.onChange(from, date);
    else props.onChange(date, "");
    setFocused(date);
  }

  function pressed(event: KeyboardEvent): void {
    const step = KEY_STEPS[event.key];
    let next = step === undefined ? "" : addDays(focused, step);
    if (event.key === "PageDown") next = addDays(focused, 28);
    if (event.key === "PageUp") next = addDays(focused, -28);
    if (!next) return;
    event.preventDefault();
    if (next < min) next = min;
    if (max !== undefined && next > max) next = max;
    wantsFocus.current = true;
    if (next < month) setMonth(monthStart(next));
    else if (next >= monthStart(month, 2)) setMonth(monthStart(next, -1));
    setFocused(next);
  }

  function describe(date: string): string {
    const name = formatDate(date, locale, 0);
    if (date === from) return `${name}, ${words.arrival}`;
    if (date === to) return `${name}, ${words.departure}`;
    return isTaken(date) ? `${name}, ${words.taken}` : name;
  }

  const tabStop = focused >= month && focused < monthStart(month, 2) ? focused : month;
  return (
    <div
      class="calendar"
      role="group"
      ref={body}
      onPointerLeave={() => setPointed("")}
    >
      <div class="calendar-turn">
        <button
          type="button"
          class="icon-button back"
          aria-label={words.previous}
          disabled={month <= monthStart(min)}
          onClick={() => setMonth(monthStart(month, -1))}
        >
          <ChevronIcon />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={words.next}
          disabled={max !== undefined && monthStart(month, 2) > max}
          onClick={() => setMonth(monthStart(month, 1))}
        >
          <ChevronIcon />
        </button>
      </div>
      {[month, monthStart(month, 1)].map((start) => (
        <table key={start}>
          <caption>{formatMonth(start, locale)}</caption>
          <thead>
            <tr>
              {weekdayNames(firstWeekday, locale).map((name) => (
                <th key={name} scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {monthWeeks(start, firstWeekday).map((week) => (
              <tr key={week.find(Boolean)}>
                {week.map((date, i) => (
                  <td key={i} class={date ? rangeClass(date, from, end) : ""}>
                    {date && (
                      <button
                        type="button"
                        data-date={date}
                        tabIndex={date === tabStop ? 0 : -1}
                        aria-label={describe(date)}
                        aria-pressed={date === from || date === to}
                        aria-disabled={!isOpen(date)}
                        class={isTaken(date) && date >= min ? "taken" : ""}
                        onClick={() => choose(date)}
                        onKeyDown={pressed}
                        onPointerEnter={() => setPointed(date)}
                        onFocus={() => setPointed(date)}
                      >
                        {Number(date.slice(8))}
                      </button>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

function rangeClass(date: string, from: string, end: string): string {
  if (date === from) return end ? "edge first" : "edge";
  if (date === end) return "edge last";
  return from && end && date > from && date < end ? "inside" : "";
}

function weekdayNames(firstWeekday: number, locale: string): string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  // 2024-01-01 was a Monday.
  const monday = dateToDay("2024-01-01");
  return Array.from(
    { length: 7 },
    (_, i) => format.format((monday + firstWeekday + i) * 86_400_000),
  );
}
