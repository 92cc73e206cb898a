import { useEffect, useState } from "preact/hooks";
import type { RoomStatus } from "../room/connect-room.ts";

/** A room's state as its reader meets it: the browser knows of a lost network before a socket. */
export function useLinkStatus(status: RoomStatus): RoomStatus {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const changed = () => setOnline(navigator.onLine);
    addEventListener("online", changed);
    addEventListener("offline", changed);
    return () => {
      removeEventListener("online", changed);
      removeEventListener("offline", changed);
    };
  }, []);
  return !isOnline && (status === "live" || status === "connecting") ? "offline" : status;
}
