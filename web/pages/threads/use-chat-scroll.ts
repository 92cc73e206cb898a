import type { RefObject } from "preact";
import { useCallback, useLayoutEffect, useRef, useState } from "preact/hooks";
import { keepScroll } from "./scroll-keeper.ts";
import type { ScrollKeeper } from "./scroll-keeper.ts";

/** A log that keeps its place as messages come; see keepScroll. */
export function useChatScroll(
  box: RefObject<HTMLElement | null>,
): { isAtEnd: boolean; isNearTop: boolean; toEnd: () => void } {
  const [at, setAt] = useState({ isAtEnd: true, isNearTop: false });
  const keeperRef = useRef<ScrollKeeper | null>(null);
  useLayoutEffect(() => {
    const kept = keepScroll(box.current!, (next) => {
      setAt((last) =>
        last.isAtEnd === next.isAtEnd && last.isNearTop === next.isNearTop ? last : next
      );
    });
    keeperRef.current = kept;
    return kept.stop;
  }, [box]);
  // Whatever was drawn, the place is kept.
  useLayoutEffect(() => keeperRef.current?.settle());
  return { ...at, toEnd: useCallback(() => keeperRef.current?.toEnd(), []) };
}
