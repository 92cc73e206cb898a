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
