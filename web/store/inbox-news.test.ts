import { describe, expect, it, vi } from "vitest";
import type { Http } from "../api/http.ts";
import type { InboxOptions } from "../room/connect-inbox.ts";
import { watchBookings, watchNews } from "./inbox-news.ts";

describe("watchNews", () => {
  it("tells of events and of every return, not of the first entry", () => {
    const onNews = vi.fn<() => void>();
    const close = vi.fn<() => void>();
    let room: InboxOptions | undefined;
    const leave = watchNews({
      http: {} as Http,
      onNews,
      connect(options) {
        room = options;
        return { wake: () => undefined, close };
      },
    });
    room!.onStatus("live");
    expect(onNews).toHaveBeenCalledTimes(0);
    room!.onEvent({ type: "thread", threadId: "t" });
    expect(onNews).toHaveBeenCalledTimes(1);
    room!.onStatus("offline");
    room!.onStatus("live");
    expect(onNews).toHaveBeenCalledTimes(2);
    leave();
    expect(close).toHaveBeenCalledTimes(1);
  });
});

describe("watchBookings", () => {
  it("passes over what is written in conversations", () => {
    const onNews = vi.fn<() => void>();
    let room: InboxOptions | undefined;
    watchBookings({
      http: {} as Http,
      onNews,
      connect(options) {
        room = options;
        return { wake: () => undefined, close: () => undefined };
      },
    });
    room!.onEvent({ type: "thread", threadId: "t" });
    expect(onNews).toHaveBeenCalledTimes(0);
    room!.onEvent({ type: "booking", version: 2, status: "confirmed" });
    expect(onNews).toHaveBeenCalledTimes(1);
    room!.onStatus("live");
    room!.onStatus("offline");
    room!.onStatus("live");
    expect(onNews).toHaveBeenCalledTimes(2);
  });
});
