import type { ThreadRoom } from "../../store/thread-room.ts";
import { words } from "./chat-words.ts";

/** Whether the other one has the conversation open; nothing while that is not known. */
export function Presence({ room, personId }: { room: ThreadRoom; personId: string }) {
  const { status, members } = room.view.value;
  if (status !== "live") return null;
  const isHere = members.some(({ userId, online }) => userId === personId && online);
  return (
    <span class={isHere ? "presence here" : "presence"}>{isHere ? words.here : words.away}</span>
  );
}
