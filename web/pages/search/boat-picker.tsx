import { useState } from "preact/hooks";
import type { Boat, PartialVessel } from "../../../shared/boat.ts";
import { BoatIcon } from "../../components/icons.tsx";
import { Popover } from "../../components/popover.tsx";
import { useModule } from "../../components/use-module.ts";
import { useApp } from "../../store/app-context.ts";
import { isSameVessel } from "../../store/same-vessel.ts";
import type { ChosenBoat } from "../../store/prefs.ts";
import { formatLength } from "../../text/format.ts";
import { words } from "./search-words.ts";

interface BoatPickerProps {
  vessel: PartialVessel;
  triggerClass: string;
  onChange(vessel: PartialVessel): void;
}

const loadBoats = () => import("../../store/own-boats.ts");
const loadChoice = () => import("../../store/chosen-boat.ts");
const loadForm = () => import("../../components/vessel-form.tsx");

/** The boat: a saved one or a few measures, remembered on this device. */
export function BoatPicker({ vessel, triggerClass, onChange }: BoatPickerProps) {
  const { http, prefs, session, platform } = useApp();
  const { unit, boat } = prefs.value.value;
  const [isWanted, setWanted] = useState(false);
  const [boats, setBoats] = useState<readonly Boat[]>([]);
  const form = useModule(loadForm, isWanted);
  const isChosen = boat !== null && isSameVessel(boat.vessel, vessel);

  function opened(): void {
    setWanted(true);
    if (!session.me.value) return;
    void loadBoats().then(({ loadOwnBoats }) => loadOwnBoats(http)).then(setBoats, () => undefined);
  }

  function choose(chosen: ChosenBoat | null, close: () => void): void {
    prefs.set({ boat: chosen });
    onChange(chosen?.vessel ?? {});
    close();
  }

  return (
    <Popover
      label={words.boat}
      triggerClass={triggerClass}
      width={440}
      onOpen={opened}
      trigger={
        <>
          <BoatIcon />
          <span class="search-part-text">
            <span class="search-label">{words.boat}</span>
            <b class={vessel.loaCm ? "" : "unset"}>{describe()}</b>
          </span>
        </>
      }
    >
      {(close) =>
        form
          ? (
            <form.VesselForm
              vessel={vessel}
              boats={boats}
              boatId={isChosen ? boat.boatId : undefined}
              unit={unit}
              locale={platform.locale}
              onUnit={(next) => prefs.set({ unit: next })}
              onBoat={(saved) =>
                void loadChoice().then(({ boatToVessel }) => choose(boatToVessel(saved), close))}
              onVessel={(next) =>
                choose(Object.keys(next).length > 0 ? { vessel: next } : null, close)}
            />
          )
          : <div class="skeleton" style={{ height: "420px" }} />}
    </Popover>
  );

  function describe(): string {
    const { locale } = platform;
    if (isChosen && boat.name) return boat.name;
    if (vessel.loaCm === undefined) return words.boatNone;
    return words.boatLong(formatLength(vessel.loaCm, unit, locale));
  }
}
