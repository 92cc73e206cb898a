import { useEffect, useMemo, useState } from "preact/hooks";
import type { Boat, PartialVessel } from "../../../shared/boat.ts";
import type { Dock } from "../../../shared/dock.ts";
import type { Stay } from "../../../shared/stay.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { useApp } from "../../store/app-context.ts";
import { createBoats } from "../../store/boats.ts";
import { boatOfAddress, boatToVessel } from "../../store/chosen-boat.ts";
import { readDockById } from "../../store/docks.ts";
import { dockHref, paramsToSearch } from "../../store/search-query.ts";
import type { PageProps } from "../routes.tsx";
import { PageSkeleton, SignedIn } from "../signed-in.tsx";
import { useResource } from "../use-resource.ts";
import { useTitle } from "../use-title.ts";
import { BoatStep } from "./boat-step.tsx";
import { words } from "./book-words.ts";
import { ConfirmStep } from "./confirm-step.tsx";
import { StayStep } from "./stay-step.tsx";
import "./book-page.css";

/** Stay, boat, price: read once more, then booked. */
export default function BookPage({ params }: PageProps) {
  return <SignedIn why={words.why}>{() => <BookDock id={params["id"]!} />}</SignedIn>;
}

function BookDock({ id }: { id: string }) {
  const { http, router } = useApp();
  const dock = useResource(id, (abort) => readDockById(http, id, abort));
  const { status, value, error } = dock.state.value;
  useTitle(value ? words.title(value.name) : "");
  const { from, to, vessel } = paramsToSearch(router.location.value.query);
  if (status === "failed") {
    return (
      <div class="page narrow">
        <FailureBox error={error} onRetry={() => void dock.load()} />
      </div>
    );
  }
  if (!value) return <PageSkeleton />;
  if (!from) {
    return (
      <div class="page narrow stack">
        <h1>{words.noStay}</h1>
        <p>
          <a class="button" href={`/docks/${id}`}>{words.toDock}</a>
        </p>
      </div>
    );
  }
  return <Steps key={`${id} ${from} ${to}`} dock={value} stay={{ from, to }} vessel={vessel} />;
}

interface StepsProps {
  dock: Dock;
  stay: Stay;
  /** What the dock was looked at for. */
  vessel: PartialVessel;
}

function Steps({ dock, stay, vessel }: StepsProps) {
  const { http, platform, prefs } = useApp();
  const boats = useMemo(() => createBoats({ http, prefs, newKey: platform.newKey }), [http]);
  // A saved boat by her id; null is a boat still to be described; undefined is not chosen yet.
  const [choice, setChoice] = useState<string | null | undefined>(() => {
    const asked = boatOfAddress(vessel, prefs.value.value.boat);
    // The form of a new boat begins with the measures that this device remembers.
    if (asked && asked !== prefs.value.value.boat) prefs.set({ boat: asked });
    return asked ? asked.boatId ?? null : undefined;
  });
  useEffect(() => void boats.list.load(), [boats]);
  const { status, value, error } = boats.list.state.value;

  function choose(boat: Boat | null): void {
    if (boat) prefs.set({ boat: boatToVessel(boat) });
    setChoice(boat?.id ?? null);
  }

  const boat = choice === null
    ? null
    : value?.find(({ id }) => id === choice) ?? value?.[0] ?? null;
  return (
    <div class="page narrow book-page">
      <p class="back-link">
        <a href={dockHref(dock.id, { ...stay, vessel })}>{words.toDock}</a>
      </p>
      <h1>{words.title(dock.name)}</h1>
      <StayStep dock={dock} stay={stay} />
      {status === "failed" && <FailureBox error={error} onRetry={() => void boats.list.load()} />}
      {!value && status === "waiting" && <div class="skeleton" style={{ height: "160px" }} />}
      {value && <BoatStep boats={boats} known={value} chosen={boat} onChoose={choose} />}
      {boat && <ConfirmStep key={boat.id + boat.version} dock={dock} stay={stay} boat={boat} />}
    </div>
  );
}
