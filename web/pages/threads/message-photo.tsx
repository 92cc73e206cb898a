import { useEffect, useRef, useState } from "preact/hooks";
import type { MessagePhoto } from "../../../shared/chat.ts";
import { CloseIcon } from "../../components/icons.tsx";
import type { OutboxPhoto } from "../../room/outbox.ts";
import { words } from "./chat-words.ts";
import { shownSize } from "./photo-size.ts";
import { useObjectUrl } from "./use-object-url.ts";

interface StoredPhotoProps {
  photo: MessagePhoto;
  /** Who sent it. */
  name: string;
  onOpen: () => void;
}

/** A message's picture: its place is kept before it is here, so that nothing jumps. */
export function StoredPhoto({ photo, name, onOpen }: StoredPhotoProps) {
  const [attempt, setAttempt] = useState(0);
  const [isGone, setGone] = useState(false);
  const { width, height } = shownSize(photo.width, photo.height);
  const style = { aspectRatio: `${width} / ${height}`, width: `${width}px` };
  if (isGone) {
    return (
      <div class="bubble-photo gone" style={style}>
        <p>{words.photoGone}</p>
        <button
          type="button"
          class="link-button"
          onClick={() => {
            setAttempt(attempt + 1);
            setGone(false);
          }}
        >
          {words.photoAgain}
        </button>
      </div>
    );
  }
  return (
    <button
      type="button"
      class="bubble-photo"
      style={style}
      aria-label={words.enlarge(name)}
      onClick={onOpen}
    >
      <img
        key={attempt}
        src={photo.url}
        alt={words.photoOf(name)}
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
        onError={() => setGone(true)}
      />
    </button>
  );
}

/** A picture on its way, from where it was written; `part` of it has left, 0 to 1. */
export function WaitingPhoto({ photo, part }: { photo: OutboxPhoto; part: number | null }) {
  const url = useObjectUrl(photo.file);
  const { width, height } = shownSize(photo.width, photo.height);
  return (
    <div class="bubble-photo" style={{ aspectRatio: `${width} / ${height}`, width: `${width}px` }}>
      {url && <img src={url} alt={words.photoOf(words.you)} width={width} height={height} />}
      {part !== null && <progress max={1} value={part} aria-label={words.sending} />}
    </div>
  );
}

interface PhotoViewerProps {
  photo: MessagePhoto;
  name: string;
  onClose: () => void;
}

/** A picture as large as the screen allows; Escape and a click close it. */
export function PhotoViewer({ photo, name, onClose }: PhotoViewerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current!.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="photo-viewer"
      aria-label={words.photoOf(name)}
      onClose={onClose}
    >
      <button type="button" onClick={() => dialog.current!.close()}>
        <img
          src={photo.url}
          alt={words.photoOf(name)}
          width={photo.width}
          height={photo.height}
        />
        <span class="photo-viewer-close">
          <CloseIcon size={26} />
          <span class="sr-only">{words.close}</span>
        </span>
      </button>
    </dialog>
  );
}
