import { dateFormat } from "./date-format.ts";

/** A text that is the same for all instants of one local day. */
export function dayKey(atMs: number): string {
  // Swedish writes dates as ISO 8601 does.
  return dateFormat("sv-SE", { year: "numeric", month: "2-digit", day: "2-digit" }).format(atMs);
}

/** A message's time of day by the reader's own clock. */
export function formatClock(atMs: number, locale: string): string {
  return dateFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(atMs);
}

/** A day as a conversation names it: in words where it is near, with its year where it is far. */
export function formatDay(
  atMs: number,
  nowMs: number,
  locale: string,
  near: { today: string; yesterday: string },
): string {
  const day = dayKey(atMs);
  if (day === dayKey(nowMs)) return near.today;
  const dayBefore = new Date(nowMs);
  dayBefore.setDate(dayBefore.getDate() - 1);
  if (day === dayKey(dayBefore.getTime())) return near.yesterday;
  return dateFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(day.slice(0, 4) !== dayKey(nowMs).slice(0, 4) && { year: "numeric" }),
  }).format(atMs);
}
