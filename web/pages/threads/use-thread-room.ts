import { useEffect, useMemo } from "preact/hooks";
import { useApp } from "../../store/app-context.ts";
import { createThreadRoom } from "../../store/thread-room.ts";
import type { ThreadRoom } from "../../store/thread-room.ts";

/** A conversation, live while what shows it is shown. */
export function useThreadRoom(threadId: string, myId: string): ThreadRoom {
  const { http } = useApp();
  const room = useMemo(() => createThreadRoom({ http, threadId, myId }), [http, threadId, myId]);
  useEffect(() => {
    room.open();
    return room.close;
  }, [room]);
  return room;
}
