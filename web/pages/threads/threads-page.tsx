import type { Me } from "../../../shared/api.ts";
import { listThreads } from "../../api/threads-api.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { useApp } from "../../store/app-context.ts";
import { PageSkeleton, SignedIn } from "../signed-in.tsx";
import { useResource } from "../use-resource.ts";
import { useTitle } from "../use-title.ts";
import { words } from "./threads-words.ts";

/** The inbox: every conversation with its last message. */
export default function ThreadsPage() {
  useTitle(words.title);
  return <SignedIn why={words.why}>{(me) => <Inbox me={me} />}</SignedIn>;
}

function Inbox({ me }: { me: Me }) {
  const { http } = useApp();
  const threads = useResource(me.id, (signal) => listThreads(http, undefined, signal));
  const { value, error } = threads.state.value;
  if (!value) {
    return error
      ? <FailureBox error={error} onRetry={() => void threads.load()} />
      : <PageSkeleton />;
  }
  return (
    <div class="page narrow stack">
      <h1>{words.title}</h1>
      {value.items.length === 0 ? <p class="muted">{words.noneText}</p> : (
        <ul class="stack">
          {value.items.map(({ id, dockName, lastMessage }) => (
            <li key={id}>
              <a href={`/threads/${id}`}>{dockName}</a>
              <p class="muted small">{lastMessage?.text}</p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
