import { createServer, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OutboxItem, OutboxStore } from "../room/outbox.ts";

declare global {
  var outbox: OutboxStore;
  var createOutbox: (factory?: IDBFactory) => OutboxStore;
}

let server: Server;
let browser: Browser;
let context: BrowserContext;
let url: string;

beforeAll(async () => {
  const resolveDir = fileURLToPath(new URL("../room/", import.meta.url));
  const contents = `import { createIndexedOutbox } from "./indexed-outbox.ts";
    Object.assign(globalThis, { createOutbox: createIndexedOutbox, outbox: createIndexedOutbox() });`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    write: false,
  });
  server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<title>outbox</title><script>${outputFiles[0]!.text}</script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
  browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"]!,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
  context = await browser.newContext();
});

afterAll(async () => {
  await browser.close();
  await new Promise((resolve) => server.close(resolve));
});

async function tab(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

test("createIndexedOutbox keeps the order of writing across tabs and restarts of the page", async () => {
  const first = await tab();
  const second = await tab();
  const put = (page: Page, scope: string, item: Omit<OutboxItem, "photo">) =>
    page.evaluate(([to, what]) => outbox.put(to, what), [scope, item] as const);
  const item = (clientId: string): OutboxItem => ({ clientId, text: clientId, queuedAt: 1 });
  await put(first, "me|t", item("z"));
  await put(second, "me|t", item("a"));
  await put(first, "me|t", item("m"));
  await put(second, "you|t", item("q"));
  // In its place, not at the end.
  await put(second, "me|t", { ...item("z"), failed: "too-long" });
  await first.evaluate(() => outbox.remove("me|t", "a"));
  await first.evaluate(() => outbox.remove("me|t", "unknown"));
  await Promise.all([first.close(), second.close()]);

  const later = await tab();
  expect(await later.evaluate(() => outbox.list("me|t")))
    .toEqual([{ ...item("z"), failed: "too-long" }, item("m")]);
  expect(await later.evaluate(() => outbox.list("you|t"))).toEqual([item("q")]);
  expect(await later.evaluate(() => outbox.list("nobody"))).toEqual([]);
});

test("createIndexedOutbox keeps a picture that waits for a signal", async () => {
  const first = await tab();
  await first.evaluate(async () => {
    const file = new Blob([new Uint8Array([1, 2, 3])], { type: "image/png" });
    const photo = { file, width: 2, height: 1 };
    await outbox.put("me|p", { clientId: "p", text: "", queuedAt: 1, photo });
  });
  await first.close();
  const later = await tab();
  const kept = await later.evaluate(async () => {
    const [item] = await outbox.list("me|p");
    const bytes = new Uint8Array(await item!.photo!.file.arrayBuffer());
    return [...bytes, item!.photo!.file.type, item!.photo!.width];
  });
  expect(kept).toEqual([1, 2, 3, "image/png", 2]);
});

test("createIndexedOutbox falls back to memory where the browser keeps nothing", async () => {
  const page = await tab();
  const kept = await page.evaluate(async () => {
    const refusing = {
      open(): never {
        throw new DOMException("not here", "SecurityError");
      },
    };
    const memory = createOutbox(refusing as unknown as IDBFactory);
    await memory.put("s", { clientId: "c", text: "t", queuedAt: 0 });
    return memory.list("s");
  });
  expect(kept).toEqual([{ clientId: "c", text: "t", queuedAt: 0 }]);
});
