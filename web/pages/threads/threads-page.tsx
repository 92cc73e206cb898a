import { useEffect } from "preact/hooks";
import type { Me, Thread } from "../../../shared/api.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { MessageIcon } from "../../components/icons.tsx";
import { useApp } from "../../store/app-context.ts";
import { watchNews } from "../../store/inbox-news.ts";
import { momentOf, partnerIn, readOwnThreads } from "../../store/own-threads.ts";
import { formatMoment } from "../../text/format-time.ts";
import { plural } from "../../text/plural.ts";
import { PageSkeleton, SignedIn } from "../signed-in.tsx";
import { useResource } from "../use-resource.ts";
import { useTitle } from "../use-title.ts";
import { words } from "./threads-words.ts";
import "./threads-page.css";

/** The inbox: every conversation with its last message. */
export default function ThreadsPage() {
  useTitle(words.title);
  return <SignedIn why={words.why}>{(me) => <Inbox key={me.id} me={me} />}</SignedIn>;
}

function Inbox({ me }: { me: Me }) {
  const { http } = useApp();
  const threads = useResource(me.id, (signal) => readOwnThreads(http, signal));
  useEffect(() => {
    // Where the room of news is away, coming back to the tab is a reason to look.
    const renew = () => {
      if (document.visibilityState === "visible") void threads.load();
    };
    const leave = watchNews({ http, onNews: renew });
    document.addEventListener("visibilitychange", renew);
    return () => {
      leave();
      document.removeEventListener("visibilitychange", renew);
    };
  }, [http, threads]);

  const { value, error } = threads.state.value;
  if (!value) {
    if (!error) return <PageSkeleton />;
    return (
      <div class="page narrow">
        <FailureBox error={error} onRetry={() => void threads.load()} />
      </div>
    );
  }
  return (
    <div class="page narrow stack">
      <h1>{words.title}</h1>
      {value.length === 0 ? <Empty /> : (
        <ul class="threads">
          {value.map((thread) => (
            <li key={thread.id}>
              <ThreadLink thread={thread} myId={me.id} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Empty() {
  return (
    <div class="threads-empty card stack">
      <MessageIcon size={32} />
      <h2>{words.none}</h2>
      <p class="muted">{words.noneText}</p>
      <a class="button primary" href="/">{words.find}</a>
    </div>
  );
}

function ThreadLink({ thread, myId }: { thread: Thread; myId: string }) {
  const { platform } = useApp();
  const { lastMessage, unread, dockName } = thread;
  const partner = partnerIn(thread, myId);
  const isHost = partner.id === thread.host.id;
  const moment = momentOf(thread);
  return (
    <a class={unread > 0 ? "thread-link unread" : "thread-link"} href={`/threads/${thread.id}`}>
      <span class="thread-initial" aria-hidden="true">{partner.name.slice(0, 1)}</span>
      <span class="thread-text">
        <span class="thread-head">
          <b>{isHost ? words.withHost(partner.name) : words.withGuest(partner.name)}</b>
          <time class="num" dateTime={moment}>
            {formatMoment(moment, platform.now(), platform.locale)}
          </time>
        </span>
        <span class="thread-dock">{dockName}</span>
        <span class="thread-last">
          <span>
            {lastMessage ? lastWords(lastMessage, myId) : words.nothingYet}
          </span>
          {unread > 0 && (
            <span class="thread-unread num">
              <span aria-hidden="true">{unread}</span>
              <span class="sr-only">{plural(unread, words.unread, platform.locale)}</span>
            </span>
          )}
        </span>
      </span>
    </a>
  );
}

function lastWords(
  { senderId, text, shows = "text" }: NonNullable<Thread["lastMessage"]>,
  myId: string,
): string {
  const said = text || words.shows[shows];
  return senderId === myId ? words.own(said) : said;
}
