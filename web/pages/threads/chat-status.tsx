import { CareIcon } from "../../components/icons.tsx";
import type { RoomStatus } from "../../room/connect-room.ts";
import { statusWords, words } from "./chat-words.ts";

/** The connection in words, where there is something to be said of it. */
export function ChatStatus({ status, isClosed }: { status: RoomStatus; isClosed: boolean }) {
  const text = isClosed ? words.closed : statusWords[status];
  const isPassing = status === "connecting" && !isClosed;
  return (
    <output>
      {text && (
        <p class={isPassing ? "chat-status" : "chat-status care"}>
          {!isPassing && <CareIcon size={18} />}
          <span>{text}</span>
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
  );
}
