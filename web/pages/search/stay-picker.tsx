import { useState } from "preact/hooks";
import { StayIcon } from "../../components/icons.tsx";
import { Popover } from "../../components/popover.tsx";
import { useModule } from "../../components/use-module.ts";
import { nightCount } from "../../../shared/stay.ts";
import { formatStay } from "../../text/format.ts";
import { words } from "./search-words.ts";

interface StayPickerProps {
  from: string;
  to: string;
  today: string;
  locale: string;
  onChange(from: string, to: string): void;
}

const loadCalendar = () => import("../../components/range-calendar.tsx");

/** The nights: typed as two dates, or chosen on a calendar. */
export function StayPicker({ from, to, today, locale, onChange }: StayPickerProps) {
  const [isWanted, setWanted] = useState(false);
  const [start, setStart] = useState("");
  const calendar = useModule(loadCalendar, isWanted);

  function choose(nextFrom: string, nextTo: string, close?: () => void): void {
    // A stay is asked for when it has both its ends.
    setStart(nextTo ? "" : nextFrom);
    if (!nextTo) return;
    onChange(nextFrom, nextTo);
    close?.();
  }

  return (
    <Popover
      label={words.nights}
      triggerClass="search-part"
      onOpen={() => setWanted(true)}
      onClose={() => setStart("")}
      trigger={
        <>
          <StayIcon />
          <span class="search-part-text">
            <span class="search-label">{words.nights}</span>
            <b class={from ? "" : "unset"}>
              {from ? formatStay(from, to, locale) : words.nightsNone}
            </b>
          </span>
        </>
      }
    >
      {(close) => {
        const shownFrom = start || from;
        const shownTo = start ? "" : to;
        return (
          <div class="stack stay-panel">
            <div class="fields-2">
              <div class="field">
                <label for="stay-from">{words.arrive}</label>
                <input
                  id="stay-from"
                  type="date"
                  min={today}
                  value={shownFrom}
                  onChange={(event) => {
                    const value = event.currentTarget.value;
                    if (value >= today) choose(value, shownTo > value ? shownTo : "");
                  }}
                />
              </div>
              <div class="field">
                <label for="stay-to">{words.leave}</label>
                <input
                  id="stay-to"
                  type="date"
                  min={shownFrom || today}
                  value={shownTo}
                  onChange={(event) => {
                    const value = event.currentTarget.value;
                    if (shownFrom && value > shownFrom) choose(shownFrom, value);
                  }}
                />
              </div>
            </div>
            {calendar
              ? (
                <calendar.RangeCalendar
                  from={shownFrom}
                  to={shownTo}
                  min={today}
                  locale={locale}
                  onChange={(a, b) => choose(a, b, close)}
                />
              )
              : <div class="skeleton" style={{ height: "338px" }} />}
            <div class="row between">
              <button
                type="button"
                class="button quiet"
                onClick={() => {
                  setStart("");
                  onChange("", "");
                  close();
                }}
              >
                {words.clearStay}
              </button>
              <span class="muted small" role="status">
                {shownFrom && shownTo &&
                  words.stayNights(nightCount({ from: shownFrom, to: shownTo }), locale)}
              </span>
              <button type="button" class="button" onClick={close}>{words.done}</button>
            </div>
          </div>
        );
      }}
    </Popover>
  );
}
