import type { Http } from "../api/http.ts";
import { watchNews } from "./inbox-news.ts";
import type { NewsOptions } from "./inbox-news.ts";
import { readOwnThreads } from "./own-threads.ts";
import { createResource } from "./resource.ts";

export interface UnreadOptions {
  http: Http;
  /** Told how many messages of others are unread, in all conversations. */
  onCount: (count: number) => void;
  watch?: (options: NewsOptions) => () => void;
}

export interface UnreadWatch {
  count(): Promise<void>;
  close: () => void;
}

/** Counts unread messages, now and whenever the person's inbox has news. */
export function watchUnread({ http, onCount, watch = watchNews }: UnreadOptions): UnreadWatch {
  const threads = createResource((abort) => readOwnThreads(http, abort));
  async function count(): Promise<void> {
    await threads.load();
    const { value } = threads.state.value;
    if (value) onCount(value.reduce((sum, { unread }) => sum + unread, 0));
  }
  const leave = watch({ http, onNews: () => void count() });
  return {
    count,
    close() {
      leave();
      threads.stop();
    },
  };
}
