import { readBooking } from "../../api/bookings-api.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { useApp } from "../../store/app-context.ts";
import { formatMoney, formatStay } from "../../text/format.ts";
import type { PageProps } from "../routes.tsx";
import { PageSkeleton, SignedIn } from "../signed-in.tsx";
import { useResource } from "../use-resource.ts";
import { useTitle } from "../use-title.ts";
import { words } from "./bookings-words.ts";

/** One booking, for its guest and its host. */
export default function BookingPage({ params }: PageProps) {
  useTitle(words.title);
  return <SignedIn why={words.why}>{() => <OneBooking id={params["id"] ?? ""} />}</SignedIn>;
}

function OneBooking({ id }: { id: string }) {
  const { http, platform } = useApp();
  const booking = useResource(id, (signal) => readBooking(http, id, signal));
  const { value, error } = booking.state.value;
  if (!value) {
    return error
      ? <FailureBox error={error} onRetry={() => void booking.load()} />
      : <PageSkeleton />;
  }
  return (
    <div class="page narrow stack">
      <h1>{value.dock.name}</h1>
      <p>{formatStay(value.from, value.to, platform.locale)}</p>
      <p>{formatMoney(value.totalMinor, value.currency, platform.locale)}</p>
      <a class="button" href={`/threads/${value.threadId}`}>{value.host.name}</a>
    </div>
  );
}
