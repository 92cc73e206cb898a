import { useState } from "preact/hooks";
import { StayIcon } from "../../components/icons.tsx";
import { Popover } from "../../components/popover.tsx";
import { useModule } from "../../components/use-module.ts";
import { formatStay } from "../../text/format.ts";
import { words } from "./search-words.ts";

interface StayPickerProps {
  from: string;
  to: string;
  today: string;
  locale: string;
  onChange(from: string, to: string): void;
}

const loadPanel = () => import("./stay-panel.tsx");

/** The nights: typed as two dates, or chosen on a calendar. */
export function StayPicker({ from, to, today, locale, onChange }: StayPickerProps) {
  const [isWanted, setWanted] = useState(false);
  const [start, setStart] = useState("");
  const module = useModule(loadPanel, isWanted);
  return (
    <Popover
      label={words.nights}
      triggerClass="search-part"
      width={680}
      onOpen={() => setWanted(true)}
      onClose={() => setStart("")}
      trigger={
        <>
          <StayIcon />
          <span class="search-part-text">
            <span class="search-label">{words.nights}</span>
            <b class={from ? "" : "unset"}>
              {from ? formatStay(from, to, locale, today) : words.nightsNone}
            </b>
          </span>
        </>
      }
    >
      {(close) =>
        module
          ? (
            <module.StayPanel
              from={start || from}
              to={start ? "" : to}
              today={today}
              locale={locale}
              onChoose={(nextFrom, nextTo) => {
                // A stay is asked for when it has both its ends.
                setStart(nextTo ? "" : nextFrom);
                if (nextTo) onChange(nextFrom, nextTo);
              }}
              onClear={() => {
                setStart("");
                onChange("", "");
              }}
              onDone={close}
            />
          )
          : <div class="skeleton" style={{ height: "480px" }} />}
    </Popover>
  );
}
