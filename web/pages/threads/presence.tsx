import { useApp } from "../../store/app-context.ts";
import type { ThreadRoom } from "../../store/thread-room.ts";
import { formatMoment } from "../../text/format-time.ts";
import { words } from "./chat-words.ts";

/** Whether the other one has the conversation open, or when; nothing while that is not known. */
export function Presence({ room, personId }: { room: ThreadRoom; personId: string }) {
  const { platform } = useApp();
  const { status, members } = room.view.value;
  const member = members.find(({ userId }) => userId === personId);
  if (status !== "live" || !member) return null;
  if (member.online) return <span class="presence here">{words.here}</span>;
  const { lastSeenAt } = member;
  return (
    <span class="presence">
      {lastSeenAt
        ? words.lastSeen(formatMoment(lastSeenAt, platform.now(), platform.locale))
        : words.away}
    </span>
  );
}
