import { CLOSE, parseJson } from "../shared/chat.ts";
import type { BookingState, ClientFrame, PaymentState } from "../shared/chat.ts";
import { BookingPush } from "../shared/hub.ts";
import { applyVersion } from "../shared/room.ts";
import type { RoomHost } from "./host.ts";
import type { PushResult, RoomCore } from "./room-core.ts";
import { Roster } from "./roster.ts";
import type { AdmittedSocket, Sockets, WelcomeParts } from "./sockets.ts";

/** One booking's live state. It only moves to higher versions, however often or late it is told. */
export class BookingCore implements RoomCore {
  readonly #host: RoomHost;
  readonly #sockets: Sockets;
  readonly #roster: Roster;
  #booking: BookingState | null = null;
  #payment: PaymentState | null = null;
  #stored: Promise<boolean> | undefined;
  #ready: Promise<void> | undefined;

  constructor(host: RoomHost, sockets: Sockets) {
    this.#host = host;
    this.#sockets = sockets;
    this.#roster = new Roster(host.storage);
  }

  /** Loads what is stored; a room that knows nobody yet asks the edge. */
  ready(): Promise<void> {
    this.#ready ??= this.#begin().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  async #begin(): Promise<void> {
    if (!await this.#load()) await this.#refresh();
  }

  /** What is stored; false where that is not enough to let anybody in. */
  #load(): Promise<boolean> {
    this.#stored ??= (async () => {
      const [booking, payment, hasRoster] = await Promise.all([
        this.#host.storage.get<BookingState>("booking"),
        this.#host.storage.get<PaymentState>("payment"),
        this.#roster.load(),
      ]);
      this.#booking = booking ?? null;
      this.#payment = payment ?? null;
      return hasRoster && booking !== undefined;
    })();
    return this.#stored;
  }

  async #refresh(): Promise<void> {
    const snapshot = await this.#host.edge.booking(await this.#host.id());
    await this.#roster.replace(snapshot.membersVersion, snapshot.members);
    await this.#setBooking(snapshot.booking);
    if (snapshot.payment !== null) await this.#setPayment(snapshot.payment);
  }

  async admits(userId: string): Promise<boolean> {
    await this.ready();
    if (!this.#roster.has(userId)) await this.#refresh();
    return this.#roster.has(userId);
  }

  welcome(): WelcomeParts {
    return {
      epoch: 0,
      seq: this.#booking?.version ?? 0,
      members: this.#sockets.withPresence(this.#roster.members),
      state: { booking: this.#booking, payment: this.#payment },
    };
  }

  knows(type: ClientFrame["type"]): boolean {
    return type === "ping" || type === "sync";
  }

  async frame(frame: ClientFrame, socket: AdmittedSocket): Promise<void> {
    await this.ready();
    const seq = this.#booking?.version ?? 0;
    if (frame.type === "ping") this.#sockets.send(socket, { type: "pong", seq });
    if (frame.type === "sync") {
      if (this.#booking !== null && seq > frame.after) {
        this.#sockets.send(socket, { ...this.#booking, type: "booking" });
      }
      this.#sockets.send(socket, { type: "synced", after: frame.after, seq, head: seq });
    }
  }

  async push(body: string): Promise<PushResult> {
    const push = parseJson(BookingPush, body);
    if (push === undefined) return { status: 400, body: { code: "bad-request" } };
    // What is told is enough to store it; nobody needs to be asked before someone comes in.
    await this.#load();
    const applied = await this.#apply(push);
    return { status: 200, body: { applied } };
  }

  async #apply(push: BookingPush): Promise<boolean> {
    switch (push.kind) {
      case "booking":
        return await this.#setBooking(push.booking);
      case "payment":
        return await this.#setPayment(push.payment);
      case "members": {
        if (!await this.#roster.replace(push.version, push.members)) return false;
        const isStranger = ({ userId }: { userId: string }) => !this.#roster.has(userId);
        this.#sockets.closeWhere(isStranger, CLOSE.notMember, "no longer a member");
        const members = this.#sockets.withPresence(this.#roster.members);
        this.#sockets.broadcast({ type: "members", version: push.version, members });
        return true;
      }
      case "close":
        return this.#sockets.closeFor(push);
    }
  }

  async #setBooking(next: BookingState): Promise<boolean> {
    const booking = applyVersion(this.#booking, next);
    if (booking === this.#booking) return false;
    this.#booking = booking;
    await this.#host.storage.put({ booking });
    this.#sockets.broadcast({ ...booking, type: "booking" });
    return true;
  }

  async #setPayment(next: PaymentState): Promise<boolean> {
    const payment = applyVersion(this.#payment, next);
    if (payment === this.#payment) return false;
    this.#payment = payment;
    await this.#host.storage.put({ payment });
    this.#sockets.broadcast({ ...payment, type: "payment" });
    return true;
  }

  forget(): void {}

  alarm(): Promise<boolean> {
    return Promise.resolve(false);
  }
}
