import { describe, expect, it } from "vitest";
import type { Booking } from "../../shared/booking.ts";
import { CANCELLATION_TIERS } from "../../shared/cancellation.ts";
import {
  cancellationOf,
  canClaimDeposit,
  canSayNoShow,
  isPayable,
  waitsForCard,
} from "./booking-money.ts";

const CHECK_IN = "2027-07-03T18:00:00Z";
const hoursBefore = (hours: number) => Date.parse(CHECK_IN) - hours * 3_600_000;

function booking(values: Partial<Booking>, payment: Partial<Booking["payment"]> = {}): Booking {
  return {
    status: "confirmed",
    role: "guest",
    collection: "online",
    currency: "EUR",
    totalMinor: 10_001,
    depositMinor: 5_000,
    owedMinor: 15_001,
    depositKept: null,
    change: null,
    checkInAt: CHECK_IN,
    holdUntilAt: "2027-07-04T00:00:00Z",
    policyFrom: CHECK_IN,
    cancellationTiers: CANCELLATION_TIERS.moderate,
    payment: {
      id: "p",
      purpose: "stay",
      status: "captured",
      currency: "EUR",
      amountMinor: 15_001,
      capturedMinor: 15_001,
      refundedMinor: 0,
      ...payment,
    },
    ...values,
  } as Booking;
}

const unpaid = { status: "open", capturedMinor: 0 } as const;
const authorised = { status: "authorised", capturedMinor: 0 } as const;

describe("cancellationOf", () => {
  it("gives a guest back what the terms say, and the whole deposit", () => {
    const back = (hours: number) => cancellationOf(booking({}), hoursBefore(hours), "cancel");
    expect(back(200)).toEqual({ backMinor: 15_001, keptMinor: 0, releasedMinor: 0 });
    // Half of 10001 is 5000.5, which rounds away from zero.
    expect(back(72)).toEqual({ backMinor: 10_001, keptMinor: 5_000, releasedMinor: 0 });
    expect(back(2)).toEqual({ backMinor: 5_000, keptMinor: 10_001, releasedMinor: 0 });
  });

  it("gives everything back where the host cancels, by the terms where nobody came", () => {
    const host = booking({ role: "host" });
    expect(cancellationOf(host, hoursBefore(2), "cancel").backMinor).toBe(15_001);
    expect(cancellationOf(host, hoursBefore(-7), "no-show")).toMatchObject({
      backMinor: 5_000,
      keptMinor: 10_001,
    });
  });

  it("lets an authorisation go, and says that nothing was charged where nothing was", () => {
    const asked = booking({ status: "requested" }, authorised);
    expect(cancellationOf(asked, hoursBefore(2), "cancel")).toEqual({
      backMinor: 0,
      keptMinor: 0,
      releasedMinor: 15_001,
    });
    const held = booking({ status: "held" }, unpaid);
    expect(cancellationOf(held, hoursBefore(2), "cancel")).toEqual({
      backMinor: 0,
      keptMinor: 0,
      releasedMinor: 0,
    });
  });

  it("counts an accepted request whose capture is on its way as charged", () => {
    const accepted = booking({}, authorised);
    expect(cancellationOf(accepted, hoursBefore(72), "cancel")).toEqual({
      backMinor: 10_001,
      keptMinor: 5_000,
      releasedMinor: 0,
    });
  });
});

it("asks the guest, and nobody else, for a card while one is wanted", () => {
  expect(isPayable(booking({ status: "held" }, unpaid))).toBe(true);
  expect(isPayable(booking({ status: "held", role: "host" }, unpaid))).toBe(false);
  expect(isPayable(booking({ status: "requested" }, authorised))).toBe(false);
  expect(isPayable(booking({ status: "expired" }, unpaid))).toBe(false);
  expect(isPayable(booking({ payment: null }))).toBe(false);
  const change = { id: "c" } as Booking["change"];
  expect(isPayable(booking({ change }, { ...unpaid, purpose: "change" }))).toBe(true);
  expect(isPayable(booking({}, { ...unpaid, purpose: "change" }))).toBe(false);
});

it("lets a host accept when the card has said yes, and at once where none is asked", () => {
  expect(waitsForCard(booking({ status: "requested" }, unpaid))).toBe(true);
  expect(waitsForCard(booking({ status: "requested" }, authorised))).toBe(false);
  expect(waitsForCard(booking({ status: "requested", owedMinor: 0, payment: null }))).toBe(false);
});

it("lets a host say that nobody came after the berth was held long enough, never before", () => {
  const host = booking({ role: "host" });
  expect(canSayNoShow(host, Date.parse("2027-07-03T23:59:59Z"))).toBe(false);
  expect(canSayNoShow(host, Date.parse("2027-07-04T00:00:00Z"))).toBe(true);
  expect(canSayNoShow(booking({}), Date.parse("2027-07-05T00:00:00Z"))).toBe(false);
});

it("lets a host claim a deposit once, from arrival on", () => {
  const host = booking({ role: "host" });
  expect(canClaimDeposit(host, hoursBefore(1))).toBe(false);
  expect(canClaimDeposit(host, hoursBefore(0))).toBe(true);
  expect(canClaimDeposit({ ...host, role: "guest" }, hoursBefore(0))).toBe(false);
  const kept = { keptMinor: 100, reason: "a cleat" };
  expect(canClaimDeposit({ ...host, depositKept: kept, owedMinor: 10_101 }, hoursBefore(0)))
    .toBe(false);
});
