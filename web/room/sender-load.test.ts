import { expect, test, vi } from "vitest";
import { createMemoryOutbox } from "./outbox.ts";
import { createSender } from "./sender.ts";

test("what waits is shown before there is a connection, and sent once there is one", async () => {
  const store = createMemoryOutbox();
  await store.put("me|t", { clientId: "a", text: "one", queuedAt: 1 });
  const send = vi.fn<() => boolean>(() => true);
  const sender = createSender({ scope: "me|t", store, send, onChange: () => undefined });
  await sender.load();
  expect(sender.items.map(({ clientId }) => clientId)).toEqual(["a"]);
  expect(send).not.toHaveBeenCalled();
  await sender.start();
  expect(send.mock.calls).toEqual([[{ type: "message.send", clientId: "a", text: "one" }]]);
  expect(sender.items).toHaveLength(1);
});

test("what another tab adds within the same millisecond comes after what waits", async () => {
  const store = createMemoryOutbox();
  const put = (clientId: string) => store.put("me|t", { clientId, text: clientId, queuedAt: 1 });
  for (const clientId of ["a", "b"]) await put(clientId);
  const sender = createSender({ scope: "me|t", store, send: () => true, onChange() {} });
  await sender.load();
  await put("c");
  await sender.start();
  expect(sender.items.map(({ clientId }) => clientId)).toEqual(["a", "b", "c"]);
  sender.stop();
});
