import { useRef, useState } from "preact/hooks";

/** Files that are dragged onto something; `isOver` while they are held above it. */
export function useFileDrop(onFiles: (files: readonly File[]) => void, isOpen: boolean) {
  const [isOver, setOver] = useState(false);
  // Entering a child tells of leaving its parent, too.
  const depth = useRef(0);
  const isMeant = (event: DragEvent) =>
    isOpen && event.dataTransfer?.types.includes("Files") === true;
  return {
    isOver,
    handlers: {
      onDragEnter(event: DragEvent) {
        if (!isMeant(event)) return;
        event.preventDefault();
        depth.current += 1;
        setOver(true);
      },
      onDragOver(event: DragEvent) {
        if (isMeant(event)) event.preventDefault();
      },
      onDragLeave(event: DragEvent) {
        if (!isMeant(event)) return;
        depth.current = Math.max(0, depth.current - 1);
        if (depth.current === 0) setOver(false);
      },
      onDrop(event: DragEvent) {
        depth.current = 0;
        setOver(false);
        if (!isMeant(event)) return;
        event.preventDefault();
        onFiles([...event.dataTransfer!.files]);
      },
    },
  };
}
