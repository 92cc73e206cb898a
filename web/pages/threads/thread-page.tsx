import { readHistory, readThread } from "../../api/threads-api.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { useApp } from "../../store/app-context.ts";
import type { PageProps } from "../routes.tsx";
import { PageSkeleton, SignedIn } from "../signed-in.tsx";
import { useResource } from "../use-resource.ts";
import { useTitle } from "../use-title.ts";
import { words } from "./threads-words.ts";

/** One conversation. */
export default function ThreadPage({ params }: PageProps) {
  useTitle(words.title);
  return <SignedIn why={words.why}>{() => <Conversation id={params["id"] ?? ""} />}</SignedIn>;
}

function Conversation({ id }: { id: string }) {
  const { http } = useApp();
  const read = useResource(id, async (signal) => ({
    thread: await readThread(http, id, signal),
    history: await readHistory(http, id, undefined, signal),
  }));
  const { value, error } = read.state.value;
  if (!value) {
    return error ? <FailureBox error={error} onRetry={() => void read.load()} /> : <PageSkeleton />;
  }
  return (
    <div class="page narrow stack">
      <h1>{value.thread.dockName}</h1>
      <ul class="stack" role="log">
        {value.history.items.map(({ seq, text }) => <li key={seq}>{text}</li>)}
      </ul>
    </div>
  );
}
