import { parseJson } from "../shared/chat.ts";
import type { ClientFrame } from "../shared/chat.ts";
import { InboxPush } from "../shared/hub.ts";
import type { RoomHost } from "./host.ts";
import type { PushResult, RoomCore } from "./room-core.ts";
import type { AdmittedSocket, Sockets, WelcomeParts } from "./sockets.ts";

/**
 * A person's own room: tells their open pages that something happened somewhere. It keeps nothing;
 * a page that was away reads its lists anew.
 */
export class InboxCore implements RoomCore {
  readonly #host: RoomHost;
  readonly #sockets: Sockets;

  constructor(host: RoomHost, sockets: Sockets) {
    this.#host = host;
    this.#sockets = sockets;
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  async admits(userId: string): Promise<boolean> {
    return userId === await this.#host.id();
  }

  welcome(): WelcomeParts {
    return { epoch: 0, seq: 0, members: [], state: {} };
  }

  knows(type: ClientFrame["type"]): boolean {
    return type === "ping";
  }

  frame(_frame: ClientFrame, socket: AdmittedSocket): Promise<void> {
    this.#sockets.send(socket, { type: "pong" });
    return Promise.resolve();
  }

  push(body: string): Promise<PushResult> {
    const push = parseJson(InboxPush, body);
    if (push === undefined) {
      return Promise.resolve({ status: 400, body: { code: "bad-request" } });
    }
    return Promise.resolve({ status: 200, body: { applied: this.#apply(push) } });
  }

  #apply(push: InboxPush): boolean {
    switch (push.kind) {
      case "booking":
        this.#sockets.broadcast({ ...push.booking, type: "booking" });
        return true;
      case "thread":
        this.#sockets.broadcast({ ...push.thread, type: "thread" });
        return true;
      case "close":
        return this.#sockets.closeFor(push);
    }
  }

  forget(): void {}

  alarm(): Promise<boolean> {
    return Promise.resolve(false);
  }
}
