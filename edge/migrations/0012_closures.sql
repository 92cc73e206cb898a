-- Seasonal closures lie in occupancy like everything else that is taken, so that search,
-- availability and booking agree without asking for them. They go around what is there already: a
-- stay that was agreed before stays.

-- Up to which night a dock's closures are laid out. Not in the dock's own row: whoever places docks
-- among the tiles' leaves locks many of those without their calendars.
CREATE TABLE closure_horizon (
  dock_id bigint PRIMARY KEY REFERENCES dock ON DELETE CASCADE,
  until date NOT NULL
);
CREATE INDEX dock_closures ON dock (id) WHERE closures <> '[]';

-- Lays out a dock's closures anew; the caller holds the calendar and writes the event.
CREATE FUNCTION lay_closures(p_dock bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_dock dock;
  v_today date;
  v_until date;
  v_closed datemultirange;
BEGIN
  SELECT * INTO STRICT v_dock FROM dock WHERE id = p_dock;
  DELETE FROM closure_horizon WHERE dock_id = p_dock;
  IF FOUND THEN DELETE FROM occupancy WHERE dock_id = p_dock AND source = 'closure'; END IF;
  IF v_dock.closures = '[]' THEN RETURN; END IF;
  v_today := (clock_timestamp() AT TIME ZONE v_dock.time_zone)::date;
  -- As far as nights are sold, and two months that save doing it again each day.
  v_until := v_today + v_dock.window_days + 62;
  v_closed := closed_nights(v_dock.closures, daterange(v_today - 1, v_until));
  -- Within each stretch between two arrivals or departures the same parts of a quay are free.
  INSERT INTO occupancy (dock_id, span, nights, source)
  SELECT p_dock, run, stretch.nights, 'closure'
  FROM (
    SELECT daterange(at, lead(at) OVER (ORDER BY at)) AS nights FROM (
      SELECT unnest(ARRAY[lower(closed), upper(closed)]) AS at FROM unnest(v_closed) AS closed
      UNION
      SELECT unnest(ARRAY[lower(o.nights), upper(o.nights)]) FROM occupancy o
      WHERE o.dock_id = p_dock AND o.nights && daterange(v_today - 1, v_until)) AS point
  ) AS stretch
  CROSS JOIN LATERAL unnest(int4multirange(int4range(0, NULL)) - coalesce(
    (SELECT range_agg(o.span) FROM occupancy o
     WHERE o.dock_id = p_dock AND o.nights && stretch.nights),
    '{}'::int4multirange)) AS run
  WHERE stretch.nights <@ v_closed;
  INSERT INTO closure_horizon (dock_id, until) VALUES (p_dock, v_until);
END $$;

-- Time goes on, and nights come on sale that are closed. Docks in id order; answers how many.
CREATE FUNCTION extend_closures(p_docks int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  v_dock bigint;
  v_count int := 0;
BEGIN
  FOR v_dock IN
    SELECT d.id FROM dock d LEFT JOIN closure_horizon h ON h.dock_id = d.id
    WHERE d.closures <> '[]' AND (h.until IS NULL OR h.until < current_date + d.window_days + 2)
    ORDER BY d.id LIMIT p_docks
  LOOP
    PERFORM touch_calendar(v_dock);
    PERFORM lay_closures(v_dock);
    PERFORM record_nights_event(v_dock, 'nights.closed', '{}');
    v_count := v_count + 1;
  END LOOP;
  RETURN v_count;
END $$;
