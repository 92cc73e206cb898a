import type { Page, WebSocketRoute } from "playwright-core";
import { expect, vi } from "vitest";
import type { Visitor } from "./browser.ts";

/** A page's way to the rooms, which can be taken away and given back. */
export async function roomsOf(page: Page): Promise<{ cut(): void; join(): void }> {
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

export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("button", { name: "Send" }).click();
}

export const log = (page: Page) => page.getByRole("log");
export const row = (page: Page, text: string) =>
  log(page).locator(".chat-row").filter({ hasText: text });

export async function isSent(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelectorAll(".waiting").length === 0);
}

/** What a page shows: seq and words of every message, and nothing beside them. */
function shown(page: Page): Promise<[number, string][]> {
  return log(page).locator(".chat-row").evaluateAll((rows) =>
    rows.map((one) => [
      Number(one.getAttribute("data-seq")),
      one.querySelector(".bubble-text")?.textContent ?? "",
    ])
  );
}

export interface Stored {
  seq: number;
  senderId: string;
  text: string;
  photo?: { width: number; height: number; url: string };
}

/** The messages of a conversation in the database, once it has all that the person's page shows. */
export async function stored({ context, page }: Visitor, threadId: string): Promise<Stored[]> {
  const head = Math.max(0, ...(await shown(page)).map(([seq]) => seq));
  return await vi.waitFor(async () => {
    const answer = await context.request.get(`/api/threads/${threadId}/messages?limit=100`);
    const { items } = await answer.json() as { items: Stored[] };
    expect(items[0]?.seq ?? 0).toBeGreaterThanOrEqual(head);
    return items.toReversed();
  }, 10_000);
}

/** Both pages show what the database has, by seq, as soon as it has what was said last. */
export async function expectSame(people: readonly Visitor[], threadId: string): Promise<void> {
  await vi.waitFor(async () => {
    const messages = await stored(people[0]!, threadId);
    // The product's own lines have words of the client's.
    const wanted = messages.map(({ seq, senderId, text }) => [
      seq,
      senderId === "system" ? "" : text,
    ]);
    for (const { page } of people) expect(await shown(page)).toEqual(wanted);
  }, 10_000);
}

/** A new conversation of the guest's with the host, about the host's n-th dock from the end. */
export async function openThread(guest: Visitor, host: Visitor, fromEnd: number): Promise<string> {
  const found = await host.context.request.get("/api/docks?host=me&limit=100");
  const { items } = await found.json() as { items: { id: number }[] };
  const opened = await guest.context.request.post("/api/threads", {
    data: { dockId: items.at(-fromEnd)!.id },
  });
  return (await opened.json() as { id: string }).id;
}
