import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { MAX_TEXT } from "../../../shared/chat.ts";
import type { Message } from "../../../shared/chat.ts";
import { useApp } from "../../store/app-context.ts";
import type { ThreadRoom } from "../../store/thread-room.ts";
import { formatCount } from "../../text/format.ts";
import { words } from "./chat-words.ts";
import { GrowingField } from "./growing-field.tsx";

interface EditFormProps {
  room: ThreadRoom;
  message: Message;
  onDone: () => void;
}

/** One's own message, to be written anew; Enter saves, Escape leaves it as it was. */
export function EditForm({ room, message, onDone }: EditFormProps) {
  const { platform } = useApp();
  const [text, setText] = useState(message.text);
  const [fault, setFault] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const { current } = field;
    current!.focus();
    current!.setSelectionRange(message.text.length, message.text.length);
  }, []);

  function save(): void {
    if (text.trim() === message.text) return onDone();
    const problem = room.edit(message.seq, text);
    if (problem === undefined) return onDone();
    setFault(
      problem === "empty" ? words.emptyEdit : words.tooLong(formatCount(MAX_TEXT, platform.locale)),
    );
    field.current!.focus();
  }

  return (
    <form
      class="composer editing"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {fault && <p id="edit-fault" class="composer-fault" role="alert">{fault}</p>}
      <div class="composer-editing">
        <span role="status">{words.editing}</span>
        <button type="button" class="link-button" onClick={onDone}>{words.cancel}</button>
      </div>
      <GrowingField
        field={field}
        label={words.editing}
        faultId={fault ? "edit-fault" : undefined}
        value={text}
        onInput={(next) => {
          setText(next);
          setFault("");
        }}
        onEnter={save}
        onKey={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          onDone();
        }}
      />
      <button type="submit" class="button primary">{words.save}</button>
    </form>
  );
}
