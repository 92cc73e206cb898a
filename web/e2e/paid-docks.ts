import type { APIRequestContext, Browser, Page } from "playwright-core";
import { expect, inject } from "vitest";
import type { Booking } from "../../shared/booking.ts";
import type { Harbour, HostDock } from "../../shared/dock.ts";
import { newDock, newHarbour } from "../../edge/local/test-docks.ts";
import { visit, type Visitor } from "./browser.ts";

const BOAT = {
  name: "Petrel",
  hullType: "mono",
  loaCm: 1_200,
  beamCm: 380,
  draftCm: 180,
  airDraftCm: 1_700,
  displacementKg: 8_000,
  insuranceExpires: "2039-01-01",
};

const PASSWORD = "a long enough password";

/** A visitor with an account. */
export interface Newcomer extends Visitor {
  email: string;
}

/** Somebody new with their own browser, signed in. */
async function newcomer(
  browser: Browser,
  name: string,
  size?: { width: number; height: number },
): Promise<Newcomer> {
  const visitor = await visit(browser, size);
  const email = `${crypto.randomUUID()}@example.com`;
  await post(visitor.context.request, "/api/auth/sign-up/email", {
    name,
    email,
    password: PASSWORD,
  });
  // What the client remembers of who has signed in on it.
  await visitor.context.addInitScript(() => {
    // A new tab is an empty page first, which may keep nothing.
    if (location.protocol !== "about:") localStorage.setItem("dokkerr.signed-in", "yes");
  });
  return { ...visitor, email };
}

/** A guest with a boat. */
export async function newGuest(
  browser: Browser,
  size?: { width: number; height: number },
): Promise<Newcomer> {
  const guest = await newcomer(browser, "Greta Guest", size);
  await post(guest.context.request, "/api/boats", BOAT);
  return guest;
}

/** Ends a session behind the page's back. */
export async function endSession({ context }: Visitor): Promise<void> {
  await post(context.request, "/api/auth/sign-out", {});
}

/** Signs in on the page that asks for it, and goes back to where one was. */
export async function signInAgain({ page, email }: Newcomer): Promise<void> {
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** A host whose docks take the fee by card. */
export interface PaidHarbour {
  host: Visitor;
  addDock(values?: Parameters<typeof newDock>[1]): Promise<HostDock>;
}

export async function openHarbour(
  browser: Browser,
  size?: { width: number; height: number },
): Promise<PaidHarbour> {
  const host = await newcomer(browser, "Hedda Host", size);
  const api = host.context.request;
  const harbour = await post<Harbour>(api, "/api/harbours", newHarbour());
  return {
    host,
    async addDock(values) {
      const dock = await post<HostDock>(
        api,
        "/api/docks",
        newDock(harbour, {
          collection: "online",
          maxBeamCm: 450,
          depthCm: 300,
          depthDatum: "LAT",
          ...values,
        }),
      );
      return await post(api, `/api/docks/${dock.id}/publish`, {}, dock.version);
    },
  };
}

/** Asks for a stay as one does by hand, up to the page of the booking. */
export async function askFor(
  { page }: Visitor,
  dock: HostDock,
  stay: { from: string; to: string },
): Promise<string> {
  await page.goto(`/docks/${dock.id}/book?from=${stay.from}&to=${stay.to}`);
  const go = dock.instantBook ? "Go on to payment" : "Send the request";
  await page.getByRole("button", { name: go }).click();
  await page.waitForURL("**/bookings/*");
  return new URL(page.url()).pathname.split("/").at(-1)!;
}

/** Types a card as its holder does. */
export async function typeCard(page: Page, number: string): Promise<void> {
  await page.getByLabel("Card number").fill("");
  await page.getByLabel("Card number").pressSequentially(number);
  await page.getByLabel("Expires").fill("12/34");
  await page.getByLabel("Security code").fill("123");
  await page.getByLabel("Name on the card").fill("Greta Guest");
}

export async function readBooking({ context }: Visitor, id: string): Promise<Booking> {
  const answer = await context.request.get(`/api/bookings/${id}`);
  expect(answer.status()).toBe(200);
  return await answer.json();
}

/** A local date so many days ahead of the docks' own today. */
export function dayAhead(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "America/New_York" }).format(at);
}

async function post<T>(
  api: APIRequestContext,
  path: string,
  data: object,
  version?: number,
): Promise<T> {
  const answer = await api.post(path, {
    data,
    headers: {
      "Idempotency-Key": crypto.randomUUID(),
      "Origin": inject("productUrl"),
      ...(version === undefined ? {} : { "If-Match": `"${version}"` }),
    },
  });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return await answer.json() as T;
}
