import { PinIcon } from "../../components/icons.tsx";
import { useApp } from "../../store/app-context.ts";
import type { Row } from "../../store/message-list.ts";
import type { ThreadRoom } from "../../store/thread-room.ts";
import { refusalWords, words } from "./chat-words.ts";
import { rowClass } from "./message-bubble.tsx";
import { WaitingPhoto } from "./message-photo.tsx";
import { MessageText } from "./message-text.tsx";

interface WaitingBubbleProps {
  row: Extract<Row, { kind: "waiting" }>;
  room: ThreadRoom;
  isLive: boolean;
}

/** A message on its way, or refused. */
export function WaitingBubble({ row, room, isLive }: WaitingBubbleProps) {
  const { platform } = useApp();
  const { clientId, text, failed, photo, berth } = row.item;
  const upload = room.upload.value;
  const part = photo && upload?.file === photo.file ? upload.part : null;
  const percent = part !== null &&
    new Intl.NumberFormat(platform.locale, { style: "percent" }).format(part);
  return (
    <div class={`${rowClass(true, row.isFirst)} ${failed ? "failed" : "waiting"}`}>
      <div class="bubble-line">
        <div class="bubble">
          <span class="sr-only">{words.you}</span>
          {photo && <WaitingPhoto photo={photo} part={part} />}
          {berth && (
            <div class="bubble-berth">
              <PinIcon />
              <p>{words.berth}</p>
            </div>
          )}
          {text && <MessageText text={text} />}
        </div>
      </div>
      <p class="bubble-foot num">
        {failed
          ? (
            <>
              <span class="bubble-fault">{words.notSent}. {refusalWords[failed]}</span>
              <button type="button" class="link-button" onClick={() => room.retry(clientId)}>
                {words.again}
              </button>
              <button type="button" class="link-button" onClick={() => room.discard(clientId)}>
                {words.drop}
              </button>
            </>
          )
          : (
            <span>
              {!isLive ? words.waits : percent ? words.sendingPart(percent) : words.sending}
            </span>
          )}
      </p>
    </div>
  );
}
