import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { MAX_TEXT } from "../../../shared/chat.ts";
import { CloseIcon, PinIcon } from "../../components/icons.tsx";
import { SendIcon } from "../../components/send-icon.tsx";
import { useApp } from "../../store/app-context.ts";
import { createDrafts } from "../../store/draft.ts";
import type { ThreadRoom } from "../../store/thread-room.ts";
import { formatCount } from "../../text/format.ts";
import { CameraIcon, PictureIcon, PlusIcon } from "./chat-icons.tsx";
import { words } from "./chat-words.ts";
import { GrowingField } from "./growing-field.tsx";
import type { StagedPhotos } from "./use-staged-photos.ts";

interface ComposerProps {
  room: ThreadRoom;
  field: RefObject<HTMLTextAreaElement | null>;
  photos: StagedPhotos;
  /** What the text is kept under until it is sent. */
  draftName: string;
  partnerName: string;
  isClosed: boolean;
  /** The arrow upwards in an empty field. */
  onEditLast: () => void;
}

/** Where one writes and adds pictures; a text that is not sent is kept. */
export function Composer(props: ComposerProps) {
  const { room, field, photos, draftName, partnerName, isClosed } = props;
  const { platform } = useApp();
  const drafts = useMemo(() => createDrafts(platform.local), [platform]);
  const [text, setText] = useState(() => drafts.read(draftName));
  const [isTooLong, setTooLong] = useState(false);
  const [isMoreOpen, setMoreOpen] = useState(false);

  useEffect(() => drafts.write(draftName, text), [drafts, draftName, text]);

  function send(): void {
    const [photo] = photos.items;
    const fault = room.send(text, photo && { photo: photo.photo });
    setTooLong(fault === "too-long");
    if (fault === undefined) {
      setText("");
      // The text went with the first of them.
      for (const next of photos.take().slice(1)) room.send("", { photo: next });
    }
    field.current!.focus();
  }

  function add(files: Iterable<File>): void {
    setMoreOpen(false);
    void photos.add(files);
    field.current!.focus();
  }

  const fault = isTooLong ? words.tooLong(formatCount(MAX_TEXT, platform.locale)) : photos.fault;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {fault && <p id="composer-fault" class="composer-fault" role="alert">{fault}</p>}
      {(photos.items.length > 0 || photos.isReading) && <StagedList photos={photos} />}
      {isMoreOpen && !isClosed && (
        <div id="composer-more" class="composer-more">
          <FileButton label={words.photo} Icon={PictureIcon} onFiles={add} />
          {/* Elsewhere it would be the same chooser once more. */}
          {matchMedia("(pointer: coarse)").matches && (
            <FileButton label={words.camera} Icon={CameraIcon} onFiles={add} isCamera />
          )}
          <button
            type="button"
            class="button small"
            onClick={() => {
              room.send("", { berth: true });
              setMoreOpen(false);
              field.current!.focus();
            }}
          >
            <PinIcon size={18} />
            {words.berth}
          </button>
        </div>
      )}
      <button
        type="button"
        class="icon-button composer-attach"
        aria-label={words.attach}
        aria-expanded={isMoreOpen}
        aria-controls="composer-more"
        disabled={isClosed}
        onClick={() => setMoreOpen(!isMoreOpen)}
      >
        <PlusIcon size={24} />
      </button>
      <GrowingField
        field={field}
        label={words.write}
        placeholder={words.placeholder(partnerName)}
        faultId={isTooLong ? "composer-fault" : undefined}
        isDisabled={isClosed}
        value={text}
        onInput={(next) => {
          setText(next);
          setTooLong(false);
          room.typing();
        }}
        onEnter={send}
        onFiles={add}
        onKey={(event) => {
          if (event.key !== "ArrowUp" || text !== "") return;
          event.preventDefault();
          props.onEditLast();
        }}
      />
      <button type="submit" class="button primary composer-send" disabled={isClosed}>
        <SendIcon />
        <span class="sr-only">{words.send}</span>
      </button>
    </form>
  );
}

interface FileButtonProps {
  label: string;
  Icon: typeof PictureIcon;
  isCamera?: boolean;
  onFiles: (files: File[]) => void;
}

/** Opens the device's chooser of pictures, or its camera. */
function FileButton({ label, Icon, isCamera, onFiles }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="button small" onClick={() => input.current!.click()}>
        <Icon size={18} />
        {label}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        aria-label={label}
        hidden
        multiple={!isCamera}
        capture={isCamera ? "environment" : undefined}
        onChange={(event) => {
          const files = [...event.currentTarget.files ?? []];
          // The same picture may be chosen again.
          event.currentTarget.value = "";
          onFiles(files);
        }}
      />
    </>
  );
}

function StagedList({ photos }: { photos: StagedPhotos }) {
  return (
    <ul class="composer-photos" aria-label={words.staged}>
      {photos.items.map(({ key, name, url }) => (
        <li key={key}>
          <img src={url} alt={name} width={72} height={72} />
          <button type="button" aria-label={words.unstage(name)} onClick={() => photos.remove(key)}>
            <CloseIcon size={16} />
          </button>
        </li>
      ))}
      {photos.isReading && <li class="skeleton" aria-label={words.readingPhoto} />}
    </ul>
  );
}
