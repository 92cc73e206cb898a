import type { Me } from "../../../shared/api.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { ChevronIcon } from "../../components/chevron-icon.tsx";
import { partnerIn } from "../../store/own-threads.ts";
import type { PageProps } from "../routes.tsx";
import { PageSkeleton, SignedIn } from "../signed-in.tsx";
import { useTitle } from "../use-title.ts";
import { Chat } from "./chat.tsx";
import { words as chatWords } from "./chat-words.ts";
import { Presence } from "./presence.tsx";
import { ThreadMenu } from "./thread-menu.tsx";
import { words } from "./threads-words.ts";
import { useThreadRoom } from "./use-thread-room.ts";
import "./thread-page.css";

/** One conversation. */
export default function ThreadPage({ params }: PageProps) {
  useTitle(words.title);
  return (
    <SignedIn why={words.why}>
      {(me) => <Conversation key={me.id} me={me} id={params["id"] ?? ""} />}
    </SignedIn>
  );
}

function Conversation({ me, id }: { me: Me; id: string }) {
  const room = useThreadRoom(id, me.id);
  const { value: thread, error } = room.thread.state.value;
  const partner = thread && partnerIn(thread, me.id);
  useTitle(partner ? chatWords.title(partner.name) : words.title);
  if (!thread || !partner) {
    if (!error) return <PageSkeleton />;
    return (
      <div class="page narrow stack">
        <h1>{words.title}</h1>
        <FailureBox error={error} onRetry={() => void room.thread.load()} />
      </div>
    );
  }
  const isHost = partner.id === thread.host.id;
  return (
    <div class="thread-page">
      <header class="thread-bar">
        <a class="icon-button thread-back" href="/threads" aria-label={chatWords.back}>
          <ChevronIcon size={24} />
        </a>
        <div class="thread-who">
          <h1>{partner.name}</h1>
          <p>
            {isHost ? chatWords.host : chatWords.guest} ·{" "}
            <a href={`/docks/${thread.dockId}`}>{thread.dockName}</a>
          </p>
        </div>
        <Presence room={room} personId={partner.id} />
        <ThreadMenu room={room} partner={partner} />
      </header>
      <Chat room={room} myId={me.id} threadId={id} partner={partner} />
    </div>
  );
}
