import type { Booking, BookingStatus } from "../../shared/booking.ts";

export type StepName =
  | "asked"
  | "held"
  | "booked"
  | "confirmed"
  | "arrived"
  | "left"
  | "declined"
  | "expired"
  | "cancelled"
  | "no-show";

export interface Step {
  name: StepName;
  state: "done" | "now" | "ahead";
  /** When it was, or will be at the earliest; UTC, ISO 8601. */
  at?: string;
}

/** How a stay that goes well goes. */
const COURSE: readonly StepName[] = ["asked", "confirmed", "arrived", "left"];
const REACHED: Partial<Record<BookingStatus, number>> = {
  held: 0,
  requested: 0,
  confirmed: 1,
  checked_in: 2,
  completed: 3,
};
/** What came instead, after how many of the course's steps. */
const ENDS: Partial<Record<BookingStatus, readonly [after: number, end: StepName]>> = {
  declined: [1, "declined"],
  expired: [1, "expired"],
  cancelled: [1, "cancelled"],
  no_show: [2, "no-show"],
};

/** Only these are known to have begun with a question: others may have been booked at once. */
const UNANSWERED: readonly BookingStatus[] = ["requested", "declined", "expired"];

/** The steps of a booking: those behind it, the one it is at, those ahead. */
export function bookingSteps(
  { status, createdAt, checkInAt, checkOutAt }: Pick<
    Booking,
    "status" | "createdAt" | "checkInAt" | "checkOutAt"
  >,
): Step[] {
  const end = ENDS[status];
  const names = (end ? [...COURSE.slice(0, end[0]), end[1]] : COURSE)
    .map((name) => {
      if (name !== "asked") return name;
      if (status === "held") return "held";
      return UNANSWERED.includes(status) ? name : "booked";
    });
  const reached = end ? names.length - 1 : REACHED[status] ?? 0;
  const times: Partial<Record<StepName, string>> = {
    asked: createdAt,
    held: createdAt,
    booked: createdAt,
    arrived: checkInAt,
    left: checkOutAt,
  };
  return names.map((name, i) => {
    const at = times[name];
    const state = i < reached ? "done" : i === reached ? "now" : "ahead";
    // A planned time is no news of a step that has been made.
    return { name, state, ...(at && (i === 0 || state === "ahead") && { at }) };
  });
}
