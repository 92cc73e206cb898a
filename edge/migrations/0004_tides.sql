-- Tides: what a station's water is predicted from, and what was predicted.

-- The station's harmonic constants, a TideHarmonics of edge/docks/tide-prediction.ts.
CREATE TABLE tide_harmonics (
  station text PRIMARY KEY REFERENCES tide_station ON DELETE CASCADE,
  time_zone text NOT NULL,
  harmonics jsonb NOT NULL
);

-- Lowest and highest water of each local day of a station's zone, centimetres above LAT: day
-- first_day is element 1. A cache of what anybody can predict again; model counts the releases of
-- what predicts.
CREATE TABLE tide_table (
  station text PRIMARY KEY REFERENCES tide_station ON DELETE CASCADE,
  model smallint NOT NULL,
  first_day date NOT NULL,
  -- The first day that is not in it.
  until date NOT NULL,
  lows smallint[] NOT NULL,
  highs smallint[] NOT NULL,
  CHECK (until - first_day = cardinality(lows) AND cardinality(lows) = cardinality(highs))
);
