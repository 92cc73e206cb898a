import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, picture, signIn, visit, type Visitor, WIDTHS } from "./browser.ts";

const STAY = { from: "2027-06-07", to: "2027-06-10" };
const BOAT = { name: "Second Wind", hullType: "mono", loaCm: 900, beamCm: 300, draftCm: 140 };
/** What a searched boat's missing values would leave open at one dock or another. */
const WHOLE_BOAT = {
  ...BOAT,
  airDraftCm: 1_200,
  displacementKg: 4_000,
  insuranceExpires: "2028-01-01",
};

let browser: Browser;
let guest: Visitor;
let host: Visitor;

beforeAll(async () => {
  browser = await launchBrowser();
  [guest, host] = await Promise.all([visit(browser), visit(browser)]);
});
afterAll(() => browser.close());

/** A new boat of a person's, as the client would save it. */
async function addBoat({ context }: Visitor): Promise<void> {
  const answer = await context.request.post("/api/boats", {
    data: WHOLE_BOAT,
    headers: { "Idempotency-Key": crypto.randomUUID() },
  });
  expect(answer.status()).toBe(201);
}

async function searchNewport(page: Page): Promise<void> {
  await page.goto("/");
  const where = page.getByRole("combobox", { name: "Where" });
  await where.fill("Newp");
  await page.getByRole("option", { name: /^Newport.*(RI|Rhode Island)/ }).first().click();
  await page.getByRole("button", { name: /^Nights/ }).click();
  await page.getByLabel("Arrive").fill(STAY.from);
  await page.getByLabel("Leave").fill(STAY.to);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: /^Boat/ }).click();
  await page.getByRole("button", { name: new RegExp(BOAT.name) }).click();
}

/** Ids of the docks that a host rents out at once, their fee paid ashore. */
async function docksOf({ context }: Visitor): Promise<Set<number>> {
  const answer = await context.request.get("/api/docks?host=me&limit=100");
  const { items } = await answer.json() as {
    items: { id: number; instantBook: boolean; collection: string }[];
  };
  const atOnce = items.filter(({ instantBook, collection }) =>
    instantBook && collection === "at_dock"
  );
  return new Set(atOnce.map(({ id }) => id));
}

test("a guest finds a dock by place and dates, books it, and talks with its host", async () => {
  await Promise.all([
    signIn(guest.page, "guest@dokkerr.test"),
    signIn(host.page, "host@dokkerr.test"),
  ]);
  await addBoat(guest);
  const hosted = await docksOf(host);

  await searchNewport(guest.page);
  await guest.page.getByRole("button", { name: "Book at once" }).click();
  // On a quay there may be room for two.
  const cards = guest.page.getByRole("article")
    .filter({ has: guest.page.getByText("Fits", { exact: true }) })
    .filter({ hasText: "Slip" });
  await cards.first().waitFor();
  await picture(guest.page, "search-desk");
  const links = await cards.getByRole("heading").getByRole("link").all();
  const hrefs = await Promise.all(links.map((link) => link.getAttribute("href")));
  const index = hrefs.findIndex((href) => hosted.has(Number(/docks\/(\d+)/.exec(href ?? "")?.[1])));
  expect(index, "a dock of the host's among what was found").toBeGreaterThanOrEqual(0);
  await links[index]!.click();

  await guest.page.getByRole("link", { name: "Book this berth" }).first().waitFor();
  await picture(guest.page, "dock-desk");
  const bookHref = await guest.page.getByRole("link", { name: "Book this berth" }).first()
    .getAttribute("href");

  // A second guest stands before the same button.
  const rival = await visit(browser, WIDTHS.phone);
  await signIn(rival.page, "guest2@dokkerr.test");
  await addBoat(rival);
  await rival.page.goto(bookHref!);
  await rival.page.getByRole("button", { name: new RegExp(BOAT.name) }).click();
  const rivalBooks = rival.page.getByRole("button", { name: "Book now" });
  await rivalBooks.waitFor();

  await guest.page.getByRole("link", { name: "Book this berth" }).first().click();
  await guest.page.getByRole("button", { name: "Book now" }).click();
  await guest.page.waitForURL("**/bookings/*");
  await guest.page.getByText("The berth is yours.").waitFor();
  await picture(guest.page, "booking-desk");
  const bookingPath = new URL(guest.page.url()).pathname;

  await rivalBooks.click();
  await rival.page.getByText("Somebody was faster: these nights are taken").waitFor();
  const nearest = rival.page.getByRole("alert").getByRole("article");
  await nearest.first().waitFor();
  expect(await nearest.count()).toBeGreaterThan(0);
  await picture(rival.page, "taken-phone");
  expect(rival.faults).toEqual([]);
  await rival.context.close();

  await host.page.goto("/host");
  await host.page.locator(`a[href="${bookingPath}"]`).first().click();
  await host.page.getByText("is expected").waitFor();
  await picture(host.page, "host-booking-desk");

  await chat(bookingPath);
  expect(guest.faults).toEqual([]);
  expect(host.faults).toEqual([]);
}, 180_000);

/** Guest and host talk, and the guest's second tab shows the same. */
async function chat(bookingPath: string): Promise<void> {
  const answer = await guest.context.request.get(`/api${bookingPath}`);
  const { threadId } = await answer.json() as { threadId: string };
  await guest.page.goto(`/threads/${threadId}`);
  await host.page.goto(`/threads/${threadId}`);
  await say(guest.page, "Good day! Is there room to turn at the head?");
  await host.page.getByRole("log").getByText("Is there room to turn").waitFor();
  await say(host.page, "Plenty. Call on the radio when you pass the breakwater.");
  await guest.page.getByRole("log").getByText("when you pass the breakwater").waitFor();

  const second = await guest.context.newPage();
  await second.setViewportSize(WIDTHS.phone);
  await second.goto(`/threads/${threadId}`);
  await second.getByRole("log").getByText("when you pass the breakwater").waitFor();
  await say(second, "Will do, thank you.");
  await guest.page.getByRole("log").getByText("Will do, thank you.").waitFor();
  await host.page.getByRole("log").getByText("Will do, thank you.").waitFor();
  expect(await texts(second)).toEqual(await texts(guest.page));
  expect(await texts(host.page)).toEqual(await texts(guest.page));
  // The room acknowledges what it keeps itself; Postgres has it a moment later.
  await expect.poll(async () => {
    const history = await guest.context.request.get(`/api/threads/${threadId}/messages`);
    const { items } = await history.json() as { items: { text: string; senderId: string }[] };
    return items.filter(({ senderId }) => senderId !== "system").map(({ text }) => text)
      .toReversed();
  }, { timeout: 20_000 }).toEqual(await texts(host.page));
  await host.page.getByRole("log").getByRole("link", { name: "Booking confirmed" }).waitFor();
  await picture(host.page, "chat-desk");
  await picture(second, "chat-phone");
  await second.close();
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("button", { name: "Send" }).click();
}

function texts(page: Page): Promise<string[]> {
  return page.getByRole("log").locator(".bubble-text").allTextContents();
}
