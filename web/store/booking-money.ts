import { canMove } from "../../shared/booking.ts";
import type { Booking } from "../../shared/booking.ts";
import { refundMinor } from "../../shared/cancellation.ts";

/** Whether the reader is asked for a card now: for the stay, or for a change of it. */
export function isPayable({ role, status, payment, change }: Booking): boolean {
  if (role !== "guest" || !payment) return false;
  if (payment.status !== "open" && payment.status !== "processing") return false;
  return payment.purpose === "change"
    ? change !== null
    : status === "held" || status === "requested";
}

/** Whether the host must wait: a request is accepted when its guest's card has said yes. */
export function waitsForCard({ status, owedMinor, payment }: Booking): boolean {
  return status === "requested" && owedMinor > 0 && payment?.status !== "authorised";
}

/** What came by card and has not gone back, minor units; an open authorisation counts for nothing. */
export function paidMinor({ payment }: Booking): number {
  return payment ? payment.capturedMinor - payment.refundedMinor : 0;
}

export interface GivenBack {
  /** Goes back to the card, the deposit with it. */
  backMinor: number;
  keptMinor: number;
  /** Held ready on the card and let go; nothing of it was charged. */
  releasedMinor: number;
}

/** What a cancellation, or a stay that nobody came for, would give back now. */
export function cancellationOf(booking: Booking, nowMs: number, move: "cancel" | "no-show") {
  const { payment, status, role, cancellationTiers, policyFrom } = booking;
  const isAuthorised = payment?.status === "authorised" && payment.purpose === "stay";
  const stillMinor = isAuthorised ? payment.amountMinor : 0;
  const none: GivenBack = { backMinor: 0, keptMinor: 0, releasedMinor: stillMinor };
  const paid = paidMinor(booking);
  const byPolicy = status === "confirmed" && (move === "no-show" || role === "guest");
  if (!byPolicy) return { ...none, backMinor: paid };
  const owed = booking.owedMinor - owedDepositMinor(booking);
  const kept = owed - refundMinor(owed, cancellationTiers, Date.parse(policyFrom), nowMs);
  // Accepted, and its capture is on the way: what is kept of it is what stays charged.
  const base = paid + stillMinor;
  return { backMinor: Math.max(0, base - kept), keptMinor: Math.min(kept, base), releasedMinor: 0 };
}

/** The part of a deposit that is still held. */
export function owedDepositMinor({ owedMinor, depositMinor, depositKept }: Booking): number {
  return Math.min(owedMinor, depositKept ? depositKept.keptMinor : depositMinor);
}

/** Whether the host may keep something of the deposit now. */
export function canClaimDeposit(booking: Booking, nowMs: number): boolean {
  const { role, status, payment, depositMinor, depositKept, checkInAt } = booking;
  if (role === "guest" || depositMinor === 0 || depositKept || !payment?.capturedMinor) {
    return false;
  }
  if (booking.owedMinor < depositMinor) return false;
  return status === "checked_in" || status === "completed" ||
    (status === "confirmed" && Date.parse(checkInAt) <= nowMs);
}

/** Whether the host may say that nobody came. */
export function canSayNoShow({ status, role, holdUntilAt }: Booking, nowMs: number): boolean {
  return canMove("no-show", status, role) && Date.parse(holdUntilAt) <= nowMs;
}

/** Whether the guest may change the nights. */
export function canChange({ role, status, change }: Booking): boolean {
  return role === "guest" && change === null && (status === "confirmed" || status === "checked_in");
}
