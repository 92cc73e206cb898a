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
  let hasShownNew = false;
  /** The upper of the rows that are looked at, and where it was. */
  let anchor: { row: HTMLElement; top: number } | undefined;
  const rows = log.getElementsByClassName("chat-row") as HTMLCollectionOf<HTMLElement>;

  function tell(): void {
    onMove({ isAtEnd, isNearTop: hasBegun && log.scrollTop < AHEAD_PX });
  }

  function moved(): void {
    isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
    anchor = findAnchor();
    tell();
  }

  function findAnchor(): typeof anchor {
    let [low, high] = [0, rows.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle]!.offsetTop < log.scrollTop) low = middle + 1;
      else high = middle;
    }
    const row = rows[low];
    return row && { row, top: row.offsetTop };
  }

  function toEnd(): void {
    isAtEnd = true;
    log.scrollTop = log.scrollHeight;
  }

  /** Where the unread ones begin above the screen, one begins to read there. */
  function showNew(mark: HTMLElement): void {
    hasShownNew = true;
    if (mark.offsetTop >= log.scrollTop) return;
    log.scrollTop = mark.offsetTop - NEAR_PX;
    isAtEnd = false;
  }

  // A phone's keyboard, or a composer that grows, must not cover the newest message.
  const resized = new ResizeObserver(() => {
    if (isAtEnd) toEnd();
  });
  resized.observe(log);
  log.addEventListener("scroll", moved, { passive: true });
  return {
    settle() {
      hasBegun ||= rows.length > 0;
      if (isAtEnd) {
        toEnd();
        const mark = log.querySelector<HTMLElement>(".chat-new");
        if (mark && !hasShownNew) showNew(mark);
      } else if (anchor?.row.isConnected) {
        log.scrollTop += anchor.row.offsetTop - anchor.top;
      }
      anchor = findAnchor();
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
