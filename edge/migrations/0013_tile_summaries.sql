-- What lies where, gathered: so that a view of the whole world costs what a harbour's does.

-- Published docks of a cell that are of one kind and cost in one currency. Cells lie at most three
-- levels below their leaf; together they hold every dock once.
CREATE TABLE dock_summary (
  cell text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  currency text NOT NULL,
  leaf text COLLATE "C" NOT NULL,
  docks int NOT NULL CHECK (docks > 0),
  -- Of their public positions, in millionths of a degree.
  lat_sum bigint NOT NULL,
  lon_sum bigint NOT NULL,
  -- What a night outside all seasons costs the longest boat that a berth takes.
  least_minor bigint NOT NULL,
  most_minor bigint NOT NULL,
  -- The one that is rated best.
  best_dock bigint NOT NULL,
  best_rating real,
  PRIMARY KEY (cell, kind, currency)
);
CREATE INDEX dock_summary_leaf ON dock_summary (leaf);

-- Up to which transaction of the change log dock_summary tells.
CREATE TABLE dock_summary_state (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  horizon xid8 NOT NULL DEFAULT '0',
  refreshed_at timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO dock_summary_state DEFAULT VALUES;

-- Brings dock_summary up to date where that was not done for so many seconds: leaves that hold
-- another number of docks than it says, and leaves of docks that were edited. Whoever comes while
-- another does it does nothing.
CREATE FUNCTION refresh_dock_summary(p_after_seconds int) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  c_levels CONSTANT int := 3;
  v_from xid8;
  v_to xid8 := pg_snapshot_xmin(pg_current_snapshot());
  v_stale text[];
BEGIN
  SELECT horizon INTO v_from FROM dock_summary_state
  WHERE refreshed_at <= clock_timestamp() - make_interval(secs => p_after_seconds)
  FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN;
  END IF;

  SELECT array_agg(quadkey) INTO v_stale FROM (
    SELECT coalesce(l.quadkey, told.leaf) AS quadkey
    FROM (SELECT leaf, sum(docks) AS docks FROM dock_summary GROUP BY leaf) AS told
    FULL JOIN (SELECT quadkey, docks FROM tile_leaf WHERE docks > 0) AS l ON l.quadkey = told.leaf
    WHERE l.docks IS DISTINCT FROM told.docks
    UNION
    SELECT l.quadkey
    FROM event e
    CROSS JOIN LATERAL (VALUES (e.cell), (e.cell_before)) AS touched (cell)
    JOIN tile_leaf l ON l.quadkey = ANY (cell_prefixes(touched.cell))
    WHERE e.xid >= v_from AND e.kind LIKE 'dock.%'
  ) AS stale;

  IF v_stale IS NOT NULL THEN
    DELETE FROM dock_summary WHERE leaf = ANY (v_stale);
    INSERT INTO dock_summary
    SELECT left(cell, length(leaf) + c_levels), kind, rate ->> 'currency', leaf, count(*),
      sum(round(public_lat * 1e6)), sum(round(public_lon * 1e6)), min(night), max(night),
      (array_agg(id ORDER BY rating DESC NULLS LAST, id))[1], max(rating)
    FROM dock
    CROSS JOIN LATERAL (SELECT round((rate ->> 'minor')::numeric *
      CASE rate ->> 'basis' WHEN 'per_length_night' THEN max_loa_cm / 100.0 ELSE 1 END)
    ) AS costs (night)
    WHERE leaf = ANY (v_stale)
    GROUP BY 1, 2, 3, 4;
  END IF;
  UPDATE dock_summary_state SET horizon = v_to, refreshed_at = clock_timestamp();
END $$;

SELECT refresh_dock_summary(0);
