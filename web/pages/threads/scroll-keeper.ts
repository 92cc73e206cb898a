/** This near to the end counts as being there, pixels. */
const NEAR_PX = 60;
/** This near to the upper end older messages are wanted, pixels. */
const AHEAD_PX = 400;

export interface ScrollKeeper {
  /** To be called whenever what the log holds has changed, before it is painted. */
  settle: () => void;
  toEnd: () => void;
  stop: () => void;
}

/**
 * Keeps a log's place: at its end where the reader is at the end; else what is looked at stays
 * where it is, whatever comes above or below.
 */
export function keepScroll(
  log: HTMLElement,
  onMove: (at: { isAtEnd: boolean; isNearTop: boolean }) => void,
): ScrollKeeper {
  let isAtEnd = true;
  let hasBegun = false;
  let anchor: { row: HTMLElement; top: number } | undefined;

  function tell(): void {
    onMove({ isAtEnd, isNearTop: hasBegun && log.scrollTop < AHEAD_PX });
  }

  function moved(): void {
    isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
    tell();
  }

  function toEnd(): void {
    isAtEnd = true;
    log.scrollTop = log.scrollHeight;
  }

  /** Where the unread ones begin above the screen, one begins there. */
  function begin(): void {
    hasBegun = true;
    toEnd();
    const mark = log.querySelector<HTMLElement>(".chat-new");
    if (mark && mark.offsetTop < log.scrollTop) log.scrollTop = mark.offsetTop - NEAR_PX;
  }

  // A phone's keyboard, or a composer that grows, must not cover the newest message.
  const resized = new ResizeObserver(() => {
    if (isAtEnd) toEnd();
  });
  resized.observe(log);
  log.addEventListener("scroll", moved, { passive: true });
  return {
    settle() {
      const row = log.querySelector<HTMLElement>(".chat-row");
      if (row && !hasBegun) begin();
      else if (isAtEnd) toEnd();
      else if (anchor?.row.isConnected) log.scrollTop += anchor.row.offsetTop - anchor.top;
      anchor = row ? { row, top: row.offsetTop } : undefined;
      tell();
    },
    toEnd() {
      toEnd();
      tell();
    },
    stop() {
      resized.disconnect();
      log.removeEventListener("scroll", moved);
    },
  };
}
