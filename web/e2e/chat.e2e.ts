import type { Browser, Page, WebSocketRoute } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, signIn, visit, type Visitor } from "./browser.ts";

let browser: Browser;
let guest: Visitor;
let host: Visitor;

beforeAll(async () => {
  browser = await launchBrowser();
  [guest, host] = await Promise.all([visit(browser), visit(browser)]);
});
afterAll(() => browser.close());

/** A page's way to the rooms, which can be taken away and given back. */
async function roomsOf(page: Page): Promise<{ cut(): void; join(): void }> {
  const open = new Set<WebSocketRoute>();
  let isDown = false;
  await page.routeWebSocket(/\/parties\/thread\//, (socket) => {
    if (isDown) return void socket.close({ code: 4000, reason: "no signal" });
    open.add(socket);
    socket.connectToServer();
    socket.onClose(() => void open.delete(socket));
  });
  return {
    cut() {
      isDown = true;
      for (const socket of open) void socket.close({ code: 4000, reason: "no signal" });
      open.clear();
    },
    join() {
      isDown = false;
    },
  };
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("button", { name: "Send" }).click();
}

const texts = (page: Page) => page.getByRole("log").locator(".bubble-text").allTextContents();

/** A new conversation of the guest's with the host. */
async function openThread(): Promise<string> {
  const found = await host.context.request.get("/api/docks?host=me&limit=100");
  const { items } = await found.json() as { items: { id: number }[] };
  const opened = await guest.context.request.post("/api/threads", {
    data: { dockId: items.at(-1)!.id },
  });
  return (await opened.json() as { id: string }).id;
}

test("both pages end with what the database has, whatever the guest's network did", async () => {
  await Promise.all([
    signIn(guest.page, "guest2@dokkerr.test"),
    signIn(host.page, "host2@dokkerr.test"),
  ]);
  const threadId = await openThread();
  const signal = await roomsOf(guest.page);
  await Promise.all([guest, host].map(({ page }) => page.goto(`/threads/${threadId}`)));
  await say(guest.page, "Is there water at the head?");
  await host.page.getByRole("log").getByText("Is there water").waitFor();

  signal.cut();
  for (let i = 1; i <= 3; i++) await say(guest.page, `Written without a signal ${i}`);
  for (let i = 1; i <= 3; i++) await say(host.page, `Answered meanwhile ${i}`);
  const api = `/api/threads/${threadId}/messages`;
  await host.page.getByRole("log").getByText("Answered meanwhile 3").waitFor();
  await host.page.waitForFunction(() => document.querySelectorAll(".waiting").length === 0);
  const read = async () => {
    const { items } = await (await guest.context.request.get(api)).json() as {
      items: { seq: number; text: string }[];
    };
    return items.toReversed();
  };
  const answered = (await read()).find(({ text }) => text === "Answered meanwhile 1")!;
  const edited = await host.context.request.patch(`${api}/${answered.seq}`, {
    data: { text: "Answered, and thought over" },
  });
  expect(edited.status()).toBe(200);
  expect(await texts(host.page)).not.toContain("Written without a signal 1");

  signal.join();
  for (const { page } of [guest, host]) {
    await page.getByRole("log").getByText("Written without a signal 3").waitFor();
    await page.getByRole("log").getByText("Answered, and thought over").waitFor();
    await page.waitForFunction(() => document.querySelectorAll(".waiting").length === 0);
  }
  const stored = (await read()).map(({ text }) => text);
  expect(stored.filter((text) => text.startsWith("Written"))).toEqual([
    "Written without a signal 1",
    "Written without a signal 2",
    "Written without a signal 3",
  ]);
  expect(await texts(guest.page)).toEqual(stored);
  expect(await texts(host.page)).toEqual(stored);
  expect([guest.faults, host.faults]).toEqual([[], []]);
}, 120_000);
