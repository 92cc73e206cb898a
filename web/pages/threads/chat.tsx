import { CareIcon } from "../../components/icons.tsx";
import type { ThreadRoom } from "../../store/thread-room.ts";
import { useLinkStatus } from "../use-link-status.ts";
import { statusWords, words } from "./chat-words.ts";
import { Composer } from "./composer.tsx";
import { MessageLog } from "./message-log.tsx";
import "./chat.css";

interface ChatProps {
  room: ThreadRoom;
  threadId: string;
  myId: string;
  /** Whom one talks to. */
  partner: { id: string; name: string };
}

/** A conversation's messages, what goes on in it, and where one writes. */
export function Chat({ room, threadId, myId, partner }: ChatProps) {
  const { typing } = room.view.value;
  const status = useLinkStatus(room.view.value.status);
  const isTyping = typing.includes(partner.id);
  return (
    <div class="chat">
      <MessageLog
        room={room}
        myId={myId}
        partnerName={partner.name}
        isLive={status === "live"}
      />
      <p class="chat-typing" aria-live="polite">{isTyping && words.typing(partner.name)}</p>
      <output>
        {statusWords[status] && (
          <p class={status === "connecting" ? "chat-status" : "chat-status care"}>
            {status !== "connecting" && <CareIcon size={18} />}
            <span>{statusWords[status]}</span>
            {status === "outdated" && (
              <button
                type="button"
                class="link-button"
                onClick={() => location.reload()}
              >
                {words.reload}
              </button>
            )}
          </p>
        )}
      </output>
      <Composer
        room={room}
        draftName={`${myId} ${threadId}`}
        partnerName={partner.name}
        isClosed={status === "refused"}
      />
    </div>
  );
}
