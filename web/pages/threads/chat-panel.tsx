import { Chat } from "./chat.tsx";
import { Presence } from "./presence.tsx";
import { ThreadMenu } from "./thread-menu.tsx";
import { useThreadRoom } from "./use-thread-room.ts";

interface ChatPanelProps {
  threadId: string;
  myId: string;
  partner: { id: string; name: string };
}

/** A conversation beside something else. */
export function ChatPanel({ threadId, myId, partner }: ChatPanelProps) {
  const room = useThreadRoom(threadId, myId);
  return (
    <>
      <header class="chat-head">
        <h2>
          <a href={`/threads/${threadId}`}>{partner.name}</a>
        </h2>
        <Presence room={room} personId={partner.id} />
        <ThreadMenu room={room} partner={partner} />
      </header>
      <Chat room={room} threadId={threadId} myId={myId} partner={partner} />
    </>
  );
}
