import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Message } from "../../../shared/chat.ts";
import { ReportReason } from "../../../shared/report.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import type { ThreadRoom } from "../../store/thread-room.ts";
import { reasonWords, words } from "./chat-words.ts";
import { MessageText } from "./message-text.tsx";

const MAX_NOTE = 2_000;

interface ReportDialogProps {
  room: ThreadRoom;
  name: string;
  /** The one message that is meant; else it is the person. */
  message?: Message | undefined;
  onClose: () => void;
}

/** Tells those who run the product of a person or of a message. */
export function ReportDialog({ room, name, message, onClose }: ReportDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [reason, setReason] = useState<ReportReason | null>(null);
  const [note, setNote] = useState("");
  const [state, setState] = useState<"asked" | "sending" | "sent">("asked");
  const [error, setError] = useState<unknown>(null);
  useEffect(() => dialog.current!.showModal(), []);

  async function send(): Promise<void> {
    if (reason === null || state === "sending") return;
    setState("sending");
    setError(null);
    try {
      await room.report({
        reason,
        ...(message && { seq: message.seq }),
        ...(note.trim() && { note: note.trim() }),
      });
      setState("sent");
    } catch (failure) {
      setError(failure);
      setState("asked");
    }
  }

  const close = () => dialog.current!.close();
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      {state === "sent"
        ? (
          <div class="stack" role="status">
            <h2 id={id}>{words.reportSent}</h2>
            <p class="muted">{words.toBlock(name)}</p>
            <div class="row">
              <button type="button" class="button" onClick={close}>{words.close}</button>
            </div>
          </div>
        )
        : (
          <form
            class="stack"
            onSubmit={(event) => {
              event.preventDefault();
              void send();
            }}
          >
            <h2 id={id}>{message ? words.reportMessage : words.reportPerson(name)}</h2>
            {message && (
              <blockquote class="report-quote">
                <MessageText text={message.text || words.photo} isLinked={false} />
              </blockquote>
            )}
            <p class="muted">{words.reportText}</p>
            <fieldset class="stack" style={{ "--gap": "4px" }}>
              <legend class="legend">{words.reason}</legend>
              {ReportReason.options.map((one) => (
                <label key={one} class="check">
                  <input
                    type="radio"
                    name="reason"
                    required
                    checked={reason === one}
                    onChange={() => setReason(one)}
                  />
                  <span>{reasonWords[one]}</span>
                </label>
              ))}
            </fieldset>
            <div class="field">
              <label for={`${id}-note`}>{words.note}</label>
              <textarea
                id={`${id}-note`}
                maxLength={MAX_NOTE}
                value={note}
                onInput={(event) => setNote(event.currentTarget.value)}
              />
            </div>
            {error !== null && <FailureBox error={error} />}
            <div class="row">
              <button type="button" class="button" onClick={close}>{words.cancel}</button>
              <button type="submit" class="button primary" disabled={state === "sending"}>
                {words.sendReport}
              </button>
            </div>
          </form>
        )}
    </dialog>
  );
}
