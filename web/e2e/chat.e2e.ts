import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, picture, signIn, visit, type Visitor, WIDTHS } from "./browser.ts";
import { expectSame, isSent, log, openThread, roomsOf, row, say, stored } from "./chat-pages.ts";

/** Nights that no other test asks for. */
const STAY = { from: "2027-09-20", to: "2027-09-23" };

let browser: Browser;
let guest: Visitor;
let host: Visitor;

beforeAll(async () => {
  browser = await launchBrowser();
  [guest, host] = await Promise.all([visit(browser), visit(browser)]);
  await Promise.all([
    signIn(guest.page, "guest2@dokkerr.test"),
    signIn(host.page, "host2@dokkerr.test"),
  ]);
});
afterAll(() => browser.close());

test("both pages end with what the database has, whatever the guest's network did", async () => {
  const threadId = await openThread(guest, host, 1);
  const signal = await roomsOf(guest.page);
  await Promise.all([guest, host].map(({ page }) => page.goto(`/threads/${threadId}`)));
  await say(guest.page, "Is there water at the head?");
  await log(host.page).getByText("Is there water").waitFor();

  // Airplane mode; a socket that is open already has to be cut beside it.
  await guest.context.setOffline(true);
  signal.cut();
  await guest.page.getByText("No connection. What you write waits here").waitFor();
  for (let i = 1; i <= 3; i++) await say(guest.page, `Written without a signal ${i}`);
  await row(guest.page, "Written without a signal 3").getByText("Waits for a connection").waitFor();
  for (let i = 1; i <= 3; i++) await say(host.page, `Answered meanwhile ${i}`);
  await log(host.page).getByText("Answered meanwhile 3").waitFor();
  await isSent(host.page);
  await row(host.page, "Answered meanwhile 1").getByRole("button", { name: /^More/ }).click();
  await row(host.page, "Answered meanwhile 1").getByRole("button", { name: "Edit" }).click();
  await host.page.keyboard.press("Control+A");
  await host.page.keyboard.type("Answered, and thought over");
  await host.page.keyboard.press("Enter");
  await row(host.page, "Answered, and thought over").getByText("edited").waitFor();
  expect(await log(host.page).getByText("Written without a signal").count()).toBe(0);

  await guest.context.setOffline(false);
  signal.join();
  for (const { page } of [guest, host]) {
    await log(page).getByText("Written without a signal 3").waitFor();
    await row(page, "Answered, and thought over").waitFor();
    await isSent(page);
  }
  const texts = (await stored(guest, threadId)).map(({ text }) => text);
  expect(texts.filter((text) => text.startsWith("Written"))).toEqual([
    "Written without a signal 1",
    "Written without a signal 2",
    "Written without a signal 3",
  ]);
  await expectSame([guest, host], threadId);
  expect([guest.faults, host.faults]).toEqual([[], []]);
}, 120_000);

/** Messages that somebody has not read, in all conversations. */
async function unreadOf({ context }: Visitor): Promise<number> {
  const answer = await context.request.get("/api/threads?limit=100");
  const { items } = await answer.json() as { items: { unread: number }[] };
  return items.reduce((sum, { unread }) => sum + unread, 0);
}

/** Waits until the way to the messages says how many are unread. */
async function hasBadge(page: Page, count: number): Promise<void> {
  await page.waitForFunction((wanted) => {
    const way = document.querySelector("nav > a[href='/threads']")!;
    return getComputedStyle(way, "::after").content === wanted;
  }, count > 0 ? `"${count}"` : "none");
}

test("each sees the other type, read, come and go", async () => {
  const threadId = await openThread(guest, host, 2);
  await host.page.goto(`/threads/${threadId}`);
  await host.page.getByRole("textbox", { name: "Message" }).waitFor();
  await guest.page.goto(`/threads/${threadId}`);
  await host.page.getByText("Here now").waitFor();
  const name = await host.page.getByRole("heading", { level: 1 }).innerText();

  await guest.page.getByRole("textbox", { name: "Message" }).pressSequentially("We come in late");
  await host.page.getByText(`${name} is writing …`).waitFor();
  await guest.page.keyboard.press("Enter");
  await row(host.page, "We come in late").waitFor();
  expect(await host.page.getByText(`${name} is writing …`).count()).toBe(0);
  await row(guest.page, "We come in late").getByText("Read", { exact: true }).waitFor();

  await guest.page.goto("/threads");
  await host.page.getByText(/^Last here \d/).waitFor();
  await say(host.page, "The gate is open until ten.");
  // The inbox is told by its own room.
  await guest.page.getByRole("link", { name: /The gate is open until ten/ })
    .getByText("1 new message").waitFor();
  const unread = await unreadOf(guest);
  expect(unread).toBeGreaterThan(0);
  await hasBadge(guest.page, unread);
  await host.page.bringToFront();
  expect(await row(host.page, "The gate is open").getByText("Sent", { exact: true }).count()).toBe(
    1,
  );
  await guest.page.getByRole("link", { name: /The gate is open until ten/ }).click();
  await log(guest.page).getByText("New", { exact: true }).waitFor();
  await row(host.page, "The gate is open").getByText("Read", { exact: true }).waitFor();
  await hasBadge(guest.page, unread - 1);
  expect([guest.faults, host.faults]).toEqual([[], []]);
}, 120_000);

test(
  "a request that is accepted shows in the conversation and on the booking of both",
  async () => {
    const boat = { name: "Live Wire", hullType: "mono", loaCm: 700, beamCm: 250, draftCm: 90 };
    const whole = {
      ...boat,
      airDraftCm: 900,
      displacementKg: 2_000,
      insuranceExpires: "2028-01-01",
    };
    const found = await host.context.request.get("/api/docks?host=me&limit=100");
    const { items } = await found.json() as {
      items: { id: number; instantBook: boolean; collection: string }[];
    };
    // What is paid by card waits for it: money.e2e.ts shows that.
    const asked = items.filter(({ instantBook, collection }) =>
      !instantBook && collection === "at_dock"
    );
    const desk = await host.context.newPage();
    const isListening = desk.waitForEvent("websocket", {
      predicate: (socket) => socket.url().includes("/parties/inbox/"),
    }).then((socket) => socket.waitForEvent("framereceived"));
    await desk.goto("/host");
    await isListening;
    let booking: { id: string; threadId: string; status: string } | undefined;
    for (const { id } of asked) {
      const ask = new URLSearchParams({ ...STAY, loaCm: "700", beamCm: "250", draftCm: "90" });
      for (const name of ["airDraftCm", "displacementKg", "insuranceExpires"] as const) {
        ask.set(name, String(whole[name]));
      }
      const quoted = await guest.context.request.get(`/api/docks/${id}/quote?${ask}`);
      if (!quoted.ok()) continue;
      const { quote } = await quoted.json() as { quote: string };
      const booked = await guest.context.request.post("/api/bookings", {
        data: { dockId: id, ...STAY, boat: whole, quote, acceptConditions: true },
        headers: { "Idempotency-Key": crypto.randomUUID() },
      });
      if (!booked.ok()) continue;
      booking = await booked.json() as NonNullable<typeof booking>;
      break;
    }
    expect(booking?.status).toBe("requested");
    const { id, threadId } = booking!;
    // The host's desk has it without being asked.
    await desk.locator(`a[href="/bookings/${id}"]`).first().waitFor();
    await desk.close();

    await guest.page.goto(`/bookings/${id}`);
    await host.page.goto(`/threads/${threadId}`);
    for (const { page } of [guest, host]) {
      await log(page).getByRole("link", { name: "Booking requested" }).waitFor();
    }
    const second = await host.context.newPage();
    await second.goto(`/bookings/${id}`);
    await second.getByRole("button", { name: /^Accept/ }).click();
    for (const { page } of [guest, host]) {
      await log(page).getByRole("link", { name: "Booking confirmed" }).waitFor();
    }
    await guest.page.getByRole("main").getByText("Confirmed", { exact: true }).first().waitFor();
    await picture(guest.page, "booking-live-desk");
    await host.page.setViewportSize(WIDTHS.phone);
    await picture(host.page, "chat-booking-phone");
    await host.page.setViewportSize(WIDTHS.desk);
    await expectSame([guest, host], threadId);
    expect([guest.faults, host.faults]).toEqual([[], []]);
    await second.close();
  },
  120_000,
);
