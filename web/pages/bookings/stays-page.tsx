import type { Me } from "../../../shared/api.ts";
import { listBookings } from "../../api/bookings-api.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { useApp } from "../../store/app-context.ts";
import { formatStay } from "../../text/format.ts";
import { PageSkeleton, SignedIn } from "../signed-in.tsx";
import { useResource } from "../use-resource.ts";
import { useTitle } from "../use-title.ts";
import { words } from "./bookings-words.ts";

/** The stays that the signed-in guest has booked. */
export default function StaysPage() {
  useTitle(words.title);
  return <SignedIn why={words.why}>{(me) => <Stays me={me} />}</SignedIn>;
}

function Stays({ me }: { me: Me }) {
  const { http, platform } = useApp();
  const stays = useResource(me.id, (signal) => listBookings(http, "guest", undefined, signal));
  const { value, error } = stays.state.value;
  if (!value) {
    return error
      ? <FailureBox error={error} onRetry={() => void stays.load()} />
      : <PageSkeleton />;
  }
  return (
    <div class="page narrow stack">
      <h1>{words.title}</h1>
      {value.items.length === 0 ? <p class="muted">{words.noneText}</p> : (
        <ul class="stack">
          {value.items.map(({ id, dock, from, to }) => (
            <li key={id}>
              <a href={`/bookings/${id}`}>{dock.name}</a>
              <p class="muted small">{formatStay(from, to, platform.locale)}</p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
