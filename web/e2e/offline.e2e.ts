import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SearchAnswer } from "../../shared/api.ts";
import { launchBrowser, picture, signIn, visit, WIDTHS } from "./browser.ts";

const WATER = "near=41.49,-71.32&radiusM=15000";
const BOAT = "loaCm=900&beamCm=300&draftCm=140&displacementKg=4000&hullType=mono";
const SEEN = `from=2027-06-07&to=2027-06-10&${BOAT}`;
const OTHER = `from=2027-08-02&to=2027-08-09&${BOAT}`;

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const cards = (page: Page) => page.locator(".dock-card h3 a");

/** Opens a page with the worker at its side. */
async function visitWithWorker(address: string) {
  const visitor = await visit(browser, WIDTHS.desk, "allow");
  const { page } = visitor;
  await page.goto(address);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true })
    );
  });
  return visitor;
}

/** What the worker knows of a search by itself; undefined while it does not know all of it. */
async function keptAnswer(page: Page, query: string): Promise<SearchAnswer | undefined> {
  return await page.evaluate(async (asked) => {
    const response = await fetch(`/api/docks?${asked}`, {
      headers: { "Dokkerr-Only-Kept": "1" },
    });
    if (response.status !== 200) return undefined;
    const { kept, ...answer } = await response.json() as SearchAnswer & {
      kept: { isWhole: boolean };
    };
    return kept.isWhole ? answer : undefined;
  }, query);
}

async function apiAnswer(context: BrowserContext, query: string): Promise<SearchAnswer> {
  return await (await context.request.get(`/api/docks?${query}`)).json() as SearchAnswer;
}

async function untilKept(page: Page, query: string): Promise<void> {
  await expect.poll(() => keptAnswer(page, query), { timeout: 60_000 }).toBeDefined();
}

test("what was searched once is searched with no signal, with the API's own answers", async () => {
  const { page, context, faults } = await visitWithWorker(`/?${WATER}&at=Newport&${SEEN}`);
  await cards(page).first().waitFor();
  await untilKept(page, `${WATER}&${SEEN}`);
  const questions = [
    `${WATER}&${OTHER}&limit=24`,
    `${WATER}&${OTHER}&limit=24&sort=price`,
    `${WATER}&${OTHER}&limit=100&instant=true&maxPrice=90000&currency=USD`,
    `${WATER}&${OTHER}&limit=24&kind=slip,mooring&amenities=wifi&sort=rating`,
    `near=41.49,-71.32&radiusM=4000&limit=100`,
    `bbox=-71.36,41.45,-71.3,41.5&${SEEN}&limit=50`,
  ];
  const before = await Promise.all(questions.map((query) => apiAnswer(context, query)));
  expect(before[0]!.items.length).toBeGreaterThan(5);

  await context.setOffline(true);
  await page.goto(`/?${WATER}&at=Newport&${OTHER}`);
  await page.getByText(/^From your device, as of \d/).waitFor();
  expect(await cards(page).allInnerTexts()).toEqual(before[0]!.items.map(({ name }) => name));
  for (const [i, query] of questions.entries()) {
    expect([query, await keptAnswer(page, query)]).toEqual([query, before[i]]);
  }
  const next = `${questions[0]}&cursor=${encodeURIComponent(before[0]!.nextCursor!)}`;
  expect((await keptAnswer(page, next))!.items.length).toBeGreaterThan(0);
  await page.getByText("No connection.").waitFor();
  await picture(page, "offline-search");

  await context.setOffline(false);
  await page.getByRole("button", { name: "Book at once" }).click();
  await page.getByText(/^From your device, as of/).waitFor({ state: "detached" });
  expect(faults).toEqual([]);
});

test("a message written with no signal is sent once, when it is back", async () => {
  const { page, context, faults } = await visitWithWorker("/");
  await signIn(page, "guest@dokkerr.test");
  const { items } = await apiAnswer(context, `${WATER}&limit=1`);
  const opened = await context.request.post("/api/threads", {
    data: { dockId: items[0]!.id },
    headers: { "Idempotency-Key": crypto.randomUUID() },
  });
  const { id } = await opened.json() as { id: string };
  const text = `Is there water on the pontoon? ${crypto.randomUUID()}`;
  const field = page.getByRole("textbox", { name: "Message" });
  await page.goto(`/threads/${id}`);
  await field.waitFor();
  await page.goto("/stays");
  await page.getByRole("heading", { level: 1 }).waitFor();

  await context.setOffline(true);
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.goto(`/threads/${id}`);
  await field.fill(text);
  await field.press("Enter");
  await page.getByText("Waits for a connection").waitFor();
  await page.reload();
  await page.getByText(text).waitFor();

  await context.setOffline(false);
  await page.getByText("Waits for a connection").waitFor({ state: "detached" });
  const sent = async () => {
    const history = await context.request.get(`/api/threads/${id}/messages?limit=50`);
    const { items: messages } = await history.json() as { items: { text: string }[] };
    return messages.filter((message) => message.text === text).length;
  };
  await expect.poll(sent, { timeout: 20_000 }).toBe(1);
  await page.reload();
  await page.getByText(text).waitFor();
  expect(await sent()).toBe(1);

  // Whoever signs out leaves nothing of theirs behind.
  await page.evaluate(() =>
    fetch("/api/auth/sign-out", {
      method: "POST",
      body: "{}",
      headers: { "Content-Type": "application/json" },
    })
  );
  expect(await page.evaluate(() => caches.has("dokkerr-records"))).toBe(false);
  expect(faults).toEqual([]);
});

test("a coast is kept on purpose, listed with its size, and let go", async () => {
  const { page, context, faults } = await visitWithWorker("/");
  const falmouth = "near=50.15,-5.06&radiusM=25000";
  await page.goto(`/?${falmouth}&at=Falmouth`);
  await page.getByRole("button", { name: "Keep this coast" }).click();
  await page.getByText("This coast is kept.").waitFor();
  await page.getByRole("link", { name: "All kept coasts" }).click();
  await page.getByRole("heading", { name: "Falmouth" }).waitFor();
  await page.getByText(/\d (kB|MB)$/).first().waitFor();
  const before = await apiAnswer(context, `${falmouth}&${OTHER}&limit=24`);

  await context.setOffline(true);
  await page.reload();
  await page.getByRole("heading", { name: "Falmouth" }).waitFor();
  await picture(page, "offline-coasts");
  expect(await keptAnswer(page, `${falmouth}&${OTHER}&limit=24`)).toEqual(before);
  await page.getByRole("button", { name: "Bring up to date" }).click();
  await page.getByText("The connection was lost.").waitFor();
  page.on("dialog", (dialog) => void dialog.accept());
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("heading", { name: "No coast is kept yet" }).waitFor();
  expect(faults).toEqual([]);
});
