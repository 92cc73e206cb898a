import { useEffect, useRef, useState } from "preact/hooks";
import type { OutboxPhoto } from "../../room/outbox.ts";
import { words } from "./chat-words.ts";
import { scalePhoto } from "./scale-photo.ts";

/** How many pictures may be chosen for one sending. */
const MOST = 10;

/** A chosen picture; `url` shows it here until it is sent. */
export interface StagedPhoto {
  key: number;
  name: string;
  url: string;
  photo: OutboxPhoto;
}

export interface StagedPhotos {
  items: readonly StagedPhoto[];
  isReading: boolean;
  /** Why some of the files were not taken; empty for no reason. */
  fault: string;
  add(files: Iterable<File>): Promise<void>;
  remove(key: number): void;
  /** Takes all of them, to be sent. */
  take(): OutboxPhoto[];
}

/** Pictures that were chosen and are not sent yet. */
export function useStagedPhotos(): StagedPhotos {
  const [items, setItems] = useState<readonly StagedPhoto[]>([]);
  const [reading, setReading] = useState(0);
  const [fault, setFault] = useState("");
  const latest = useRef(items);
  const lastKey = useRef(0);

  function set(next: readonly StagedPhoto[]): void {
    latest.current = next;
    setItems(next);
  }

  useEffect(() => () => latest.current.forEach(({ url }) => URL.revokeObjectURL(url)), []);

  async function stage(file: File): Promise<void> {
    if (latest.current.length >= MOST) return setFault(words.tooManyPhotos(MOST));
    try {
      const photo = await scalePhoto(file);
      const url = URL.createObjectURL(photo.file);
      set([...latest.current, { key: ++lastKey.current, name: file.name, url, photo }]);
    } catch {
      setFault(words.noPicture(file.name));
    }
  }

  return {
    items,
    isReading: reading > 0,
    fault,
    async add(files) {
      setFault("");
      setReading((count) => count + 1);
      // One after the other: a phone has no room for ten unpacked pictures.
      for (const file of files) await stage(file);
      setReading((count) => count - 1);
    },
    remove(key) {
      for (const { url } of latest.current.filter((item) => item.key === key)) {
        URL.revokeObjectURL(url);
      }
      set(latest.current.filter((item) => item.key !== key));
      setFault("");
    },
    take() {
      const photos = latest.current.map(({ photo }) => photo);
      for (const { url } of latest.current) URL.revokeObjectURL(url);
      set([]);
      setFault("");
      return photos;
    },
  };
}
