import type { WaterChange } from "../../shared/chat.ts";
import { reduceWater } from "../../shared/room.ts";
import type { WaterState } from "../../shared/room.ts";
import { connectRoom } from "./connect-room.ts";
import type { RoomConnection, RoomConnectionOptions } from "./connect-room.ts";

export interface WatersOptions
  extends Pick<RoomConnectionOptions, "WebSocket" | "onWake" | "heartbeatMs" | "answerMs"> {
  /** Docks have changed in a water that is looked at, in their order there. */
  onNews: (changes: readonly WaterChange[]) => void;
  /** Some changes were missed for good: what is shown is to be read anew. */
  onLost: () => void;
}

export interface WatersConnection {
  /** Listens to these waters and to no others; none leaves all of them. */
  look(waters: readonly WaterRoom[]): void;
  close(): void;
}

/** As `GET /api/realtime/water` answers them. */
export interface WaterRoom {
  water: string;
  url: string;
}

/** The waters in view: tells of docks that were taken, set free or changed since they are looked at. */
export function connectWaters(options: WatersOptions): WatersConnection {
  const { onNews, onLost } = options;
  const open = new Map<string, Pick<RoomConnection, "close">>();

  function listen({ url }: WaterRoom): Pick<RoomConnection, "close"> {
    let state: WaterState | null = null;
    const connection = connectRoom({
      ...options,
      fetchTicket: () => Promise.resolve({ url }),
      onFrame(frame) {
        const before = state;
        const next = reduceWater(state, frame);
        state = next.state;
        if (next.news.length > 0) onNews(next.news);
        if (next.isLost) onLost();
        const isBack = frame.type === "welcome" && before !== null && !next.isLost;
        if (isBack && before.seq < frame.seq) connection.send({ type: "sync", after: before.seq });
      },
      onStatus: () => {},
    });
    return connection;
  }

  return {
    look(waters) {
      const wanted = new Set(waters.map(({ water }) => water));
      for (const [water, connection] of open) {
        if (wanted.has(water)) continue;
        connection.close();
        open.delete(water);
      }
      for (const room of waters) {
        if (!open.has(room.water)) open.set(room.water, listen(room));
      }
    },
    close() {
      for (const connection of open.values()) connection.close();
      open.clear();
    },
  };
}
