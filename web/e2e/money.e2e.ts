import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatMoney } from "../../shared/money.ts";
import { launchBrowser, picture, WIDTHS } from "./browser.ts";
import {
  askFor,
  dayAhead,
  endSession,
  newGuest,
  openHarbour,
  type PaidHarbour,
  readBooking,
  signInAgain,
  typeCard,
} from "./paid-docks.ts";

const STAY = { from: dayAhead(40), to: dayAhead(43) };
const PAID = "4242424242424242";
const DECLINED = "4000000000000002";
const NEEDS_HOLDER = "4000002760003184";

let browser: Browser;
let harbour: PaidHarbour;

beforeAll(async () => {
  browser = await launchBrowser();
  harbour = await openHarbour(browser);
});
afterAll(() => browser.close());

async function pay(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Pay / }).click();
}

test.each(["phone", "desk"] as const)("a stay is paid by card (%s)", async (width) => {
  const guest = await newGuest(browser, WIDTHS[width]);
  const { page } = guest;
  const dock = await harbour.addDock();
  const id = await askFor(guest, dock, STAY);
  await page.getByRole("timer").waitFor();
  await page.reload();
  await page.getByLabel("Card number").waitFor();
  const shifted = await watchShifts(page);
  await picture(page, `pay-${width}`);
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, `pay-${width}-dark`);
  await page.emulateMedia({ colorScheme: "light" });
  await pay(page);
  expect(await page.locator("[aria-invalid=true]").count()).toBe(4);
  expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("number");
  await typeCard(page, PAID);
  await page.getByText("Visa", { exact: true }).waitFor();
  const shifts = await shifted();
  const sum = shifts.reduce((all, { value }) => all + value, 0);
  // Where it is too much, the failure says what moved.
  expect(sum < 0.1 ? [] : shifts).toEqual([]);
  await pay(page);
  await page.getByText("The berth is yours.").waitFor();
  await page.getByText("Paid.", { exact: true }).waitFor();
  const { status, payment, totalMinor } = await readBooking(guest, id);
  expect({ status, paid: payment?.capturedMinor }).toEqual({
    status: "confirmed",
    paid: totalMinor,
  });
  await picture(page, `paid-${width}`);

  const receipt = page.waitForEvent("popup");
  await page.getByRole("link", { name: "Receipt, to print" }).click();
  const paper = await receipt;
  await paper.getByRole("heading", { name: "Receipt" }).waitFor();
  expect(await paper.getByRole("main").innerText()).toContain(dock.name);
  await picture(paper, `receipt-${width}`);
  expect(guest.faults).toEqual([]);
  await guest.context.close();
});

test.each(["phone", "desk"] as const)(
  "a declined card says so, another pays (%s)",
  async (width) => {
    const guest = await newGuest(browser, WIDTHS[width]);
    const { page } = guest;
    const id = await askFor(guest, await harbour.addDock(), STAY);
    await page.getByLabel("Card number").waitFor();
    await typeCard(page, DECLINED);
    await pay(page);
    await page.getByText("The bank declined this card. Nothing was charged.").waitFor();
    expect(await page.getByLabel("Name on the card").inputValue()).toBe("Greta Guest");
    await picture(page, `declined-${width}`);
    await typeCard(page, PAID);
    await pay(page);
    await page.getByText("The berth is yours.").waitFor();
    const { payment, owedMinor } = await readBooking(guest, id);
    expect(payment?.capturedMinor).toBe(owedMinor);
    expect(guest.faults).toEqual([]);
    await guest.context.close();
  },
);

test.each(["phone", "desk"] as const)(
  "a bank asks its holder, and leads back (%s)",
  async (width) => {
    const guest = await newGuest(browser, WIDTHS[width]);
    const { page } = guest;
    await askFor(guest, await harbour.addDock(), STAY);
    await page.getByLabel("Card number").waitFor();
    await typeCard(page, NEEDS_HOLDER);
    await pay(page);
    await page.getByRole("button", { name: "Refuse" }).click();
    await page.getByText("Your bank did not approve it. Nothing was charged.").waitFor();
    expect(new URL(page.url()).search).toBe("");
    await typeCard(page, NEEDS_HOLDER);
    await pay(page);
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByText("The berth is yours.").waitFor();
    expect(guest.faults).toEqual([]);
    await guest.context.close();
  },
);

test("an answer that is lost pays once", async () => {
  const guest = await newGuest(browser);
  const { page } = guest;
  const id = await askFor(guest, await harbour.addDock(), STAY);
  await page.getByLabel("Card number").waitFor();
  await typeCard(page, PAID);
  // The line is cut before anything goes out: what was typed stays.
  await page.route("**/v1/payment_intents/**", (route) => route.abort());
  await pay(page);
  await page.getByText("No answer came back").waitFor();
  expect(await page.getByLabel("Card number").inputValue()).toBe("4242 4242 4242 4242");
  // The card is charged, and nobody hears of it: neither the page nor its question afterwards.
  await page.unroute("**/v1/payment_intents/**");
  await page.route("**/v1/payment_intents/**", async (route) => {
    await page.route("**/api/bookings/*/payment", (asked) => asked.abort());
    await route.fetch();
    await route.abort();
  });
  await pay(page);
  await page.unroute("**/api/bookings/*/payment");
  await page.getByText("The berth is yours.").waitFor();
  const { payment, owedMinor } = await readBooking(guest, id);
  expect(payment?.capturedMinor).toBe(owedMinor);
  expect(guest.faults).toEqual([]);
  await guest.context.close();
});

test("a session that ends in the middle loses nothing", async () => {
  const guest = await newGuest(browser, WIDTHS.phone);
  const { page } = guest;
  const id = await askFor(guest, await harbour.addDock(), STAY);
  await page.getByLabel("Card number").waitFor();
  await typeCard(page, PAID);
  await page.route("**/v1/payment_intents/**", (route) => route.abort());
  await pay(page);
  await page.getByText("No answer came back").waitFor();
  await page.unroute("**/v1/payment_intents/**");
  await endSession(guest);
  await pay(page);
  await page.getByRole("heading", { name: "Sign in first" }).waitFor();
  await signInAgain(guest);
  await page.getByRole("timer").waitFor();
  expect(await page.getByLabel("Card number").inputValue()).toBe("4242 4242 4242 4242");
  await pay(page);
  await page.getByText("The berth is yours.").waitFor();
  const { payment, owedMinor } = await readBooking(guest, id);
  expect(payment?.capturedMinor).toBe(owedMinor);
  expect(guest.faults).toEqual([]);
  await guest.context.close();
});

test.each(
  [
    ["flexible", 100],
    ["moderate", 50],
    ["strict", 0],
  ] as const,
)("a stay in three days, %s: of its price %i percent go back", async (policy, percent) => {
  const guest = await newGuest(browser, percent === 50 ? WIDTHS.phone : WIDTHS.desk);
  const { page } = guest;
  const dock = await harbour.addDock({ cancellationPolicy: policy });
  const id = await askFor(guest, dock, { from: dayAhead(3), to: dayAhead(5) });
  await page.getByLabel("Card number").waitFor();
  await typeCard(page, PAID);
  await pay(page);
  await page.getByText("The berth is yours.").waitFor();
  const { totalMinor, depositMinor, currency } = await readBooking(guest, id);
  const back = Math.round(totalMinor * percent / 100) + depositMinor;

  await page.getByRole("button", { name: "Cancel the booking" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Back to your card").waitFor();
  expect(await dialog.getByRole("definition").first().innerText()).toBe(
    formatMoney(back, currency, "en-GB"),
  );
  await picture(page, `cancel-${policy}`);
  await dialog.getByRole("button", { name: "Cancel the booking" }).click();
  await page.getByText("It was called off.").waitFor();
  await expect.poll(async () => (await readBooking(guest, id)).payment?.refundedMinor)
    .toBe(back);
  const end = percent === 100 ? "All of it has gone back" : "What the terms give back";
  await page.getByText(end).waitFor();
  await picture(page, `cancelled-${policy}`);
  expect(guest.faults).toEqual([]);
  await guest.context.close();
});

test.each(["phone", "desk"] as const)("a night more is paid for (%s)", async (width) => {
  const guest = await newGuest(browser, WIDTHS[width]);
  const { page } = guest;
  const id = await askFor(guest, await harbour.addDock(), STAY);
  await page.getByLabel("Card number").waitFor();
  await typeCard(page, PAID);
  await pay(page);
  await page.getByText("The berth is yours.").waitFor();
  const before = await readBooking(guest, id);

  await page.getByRole("button", { name: "Change the nights" }).click();
  await page.getByLabel("Leave").fill(dayAhead(44));
  const goOn = page.getByRole("button", { name: /^Go on to pay / });
  await goOn.waitFor();
  await picture(page, `change-${width}`);
  await goOn.click();
  await page.getByRole("heading", { name: "Pay the difference" }).waitFor();
  const held = await readBooking(guest, id);
  expect(held).toMatchObject({ to: STAY.to, change: { to: dayAhead(44) } });
  await page.getByLabel("Card number").waitFor();
  expect(await page.getByLabel("Card number").inputValue()).toBe("");
  await picture(page, `change-pay-${width}`);
  await typeCard(page, PAID);
  await pay(page);
  await page.getByRole("heading", { name: "Pay the difference" }).waitFor({ state: "detached" });
  const after = await readBooking(guest, id);
  expect(after.to).toBe(dayAhead(44));
  expect(after.totalMinor).toBeGreaterThan(before.totalMinor);
  expect(after.payment?.capturedMinor).toBe(after.owedMinor);
  await page.getByText("What happened").click();
  await page.getByText("Nights changed").waitFor();
  await picture(page, `history-${width}`);
  expect(guest.faults).toEqual([]);
  await guest.context.close();
});

test("a request is authorised, accepted, and charged", async () => {
  const guest = await newGuest(browser, WIDTHS.phone);
  const { page } = guest;
  const id = await askFor(guest, await harbour.addDock({ instantBook: false }), STAY);
  await page.getByRole("heading", { name: "Your card, for the request" }).waitFor();
  const host = harbour.host.page;
  await host.goto(`/bookings/${id}`);
  const accept = host.getByRole("button", { name: "Accept" });
  await accept.waitFor();
  expect(await accept.isDisabled()).toBe(true);
  await host.getByText("when Greta Guest's bank has said yes").waitFor();
  await picture(host, "host-waits-for-card");
  await typeCard(page, PAID);
  await page.getByRole("button", { name: /^Hold .* ready$/ }).click();
  await page.getByText("charged when Hedda Host accepts.").waitFor();
  await picture(page, "authorised-phone");
  await accept.click();
  await page.getByText("The berth is yours.").waitFor();
  await page.getByText("Paid.", { exact: true }).waitFor();
  expect(guest.faults).toEqual([]);
  await guest.context.close();
});

test.each(["phone", "desk"] as const)(
  "a host sets up payouts and sees what came (%s)",
  async (width) => {
    const { host, addDock } = await openHarbour(browser, WIDTHS[width]);
    const guest = await newGuest(browser);
    await askFor(guest, await addDock(), STAY);
    await guest.page.getByLabel("Card number").waitFor();
    await typeCard(guest.page, PAID);
    await pay(guest.page);
    await guest.page.getByText("The berth is yours.").waitFor();
    await host.page.goto("/payouts");
    await host.page.getByRole("button", { name: "Set up payouts" }).click();
    await host.page.getByRole("button", { name: "Use test data" }).click();
    await host.page.getByText("Your account can be paid to.").waitFor();
    await host.page.getByRole("cell", { name: "Price", exact: true }).waitFor();
    await picture(host.page, `earnings-${width}`);
    const download = host.page.waitForEvent("download");
    await host.page.getByRole("link", { name: "All of it as CSV" }).click();
    expect((await download).suggestedFilename()).toBe("dokkerr-host.csv");
    await guest.page.goto("/stays/statement");
    await guest.page.getByRole("cell", { name: "Paid by card" }).waitFor();
    await picture(guest.page, `statement-${width}`);
    expect([...host.faults, ...guest.faults]).toEqual([]);
    await Promise.all([host.context.close(), guest.context.close()]);
  },
);

interface Shift {
  value: number;
  /** What moved. */
  moved: string[];
}

/** Counts how much of a page jumps by itself (CLS), from its load to when that is asked for. */
async function watchShifts(page: Page): Promise<() => Promise<Shift[]>> {
  await page.evaluate(() => {
    const seen = globalThis as { shifts?: Shift[] };
    const shifts: Shift[] = seen.shifts = [];
    new PerformanceObserver((list) => {
      type Entry = PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Element | null }[];
      };
      for (const { value, hadRecentInput, sources } of list.getEntries() as Entry[]) {
        const moved = sources.map(({ node }) => `${node?.nodeName} ${node?.className}`);
        if (!hadRecentInput) shifts.push({ value, moved });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  return () => page.evaluate(() => (globalThis as { shifts?: Shift[] }).shifts ?? []);
}
