-- Docks' places in the search's tiles, and photos on their way.

-- Every quadkey that holds a cell, the world's first.
CREATE FUNCTION cell_prefixes(p_cell text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(SELECT left(p_cell, depth) FROM generate_series(0, 21) AS depth);

-- Gives a dock its status and, while that is 'published', its place in the one leaf that holds its
-- cell; any place that it had before is freed. A full leaf splits in four until the dock's part has
-- room; at full depth nothing can be told apart, and the leaf grows. The caller holds the dock's
-- calendar row. The directory's row is taken before any dock's, or a split and an edit could wait
-- for each other.
CREATE FUNCTION place_dock(p_dock bigint, p_status text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  c_capacity CONSTANT int := 512;
  c_depth CONSTANT int := 21;
  v_cell text;
  v_old text;
  v_full text;
  v_leaf text;
  v_docks int;
BEGIN
  PERFORM FROM tile_directory FOR UPDATE;
  SELECT cell, leaf INTO STRICT v_cell, v_old FROM dock WHERE id = p_dock;
  UPDATE tile_leaf SET docks = docks - 1 WHERE quadkey = v_old;

  IF p_status = 'published' THEN
    SELECT quadkey, docks INTO STRICT v_leaf, v_docks
    FROM tile_leaf WHERE quadkey = ANY (cell_prefixes(v_cell));
    v_full := v_leaf;
    WHILE v_docks >= c_capacity AND length(v_leaf) < c_depth LOOP
      DELETE FROM tile_leaf WHERE quadkey = v_leaf;
      INSERT INTO tile_leaf (quadkey, docks)
      SELECT v_leaf || digit, count(d.id)
      FROM generate_series(0, 3) AS digit
      LEFT JOIN dock d ON d.leaf = v_full AND d.id <> p_dock
        AND left(d.cell, length(v_leaf) + 1) = v_leaf || digit
      GROUP BY digit;
      v_leaf := left(v_cell, length(v_leaf) + 1);
      SELECT docks INTO STRICT v_docks FROM tile_leaf WHERE quadkey = v_leaf;
    END LOOP;
    IF v_leaf <> v_full THEN
      UPDATE dock d SET leaf = l.quadkey
      FROM tile_leaf l
      WHERE d.leaf = v_full AND d.id <> p_dock AND l.quadkey = ANY (cell_prefixes(d.cell));
      UPDATE tile_directory SET version = version + 1;
    END IF;
    UPDATE tile_leaf SET docks = docks + 1 WHERE quadkey = v_leaf;
  END IF;

  UPDATE dock SET status = p_status, leaf = v_leaf WHERE id = p_dock;
END $$;

-- Photos that may be uploaded but have not been seen in the store; `photo` holds only those that
-- have, so that nobody is shown a picture that is not there.
CREATE TABLE photo_upload (
  id uuid PRIMARY KEY,
  dock_id bigint NOT NULL REFERENCES dock ON DELETE CASCADE,
  blob_key text NOT NULL UNIQUE,
  content_type text NOT NULL,
  bytes int NOT NULL CHECK (bytes > 0),
  width int NOT NULL CHECK (width > 0),
  height int NOT NULL CHECK (height > 0),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX photo_upload_dock ON photo_upload (dock_id, created_at);

-- By which a process that knows the harbours finds those that are new or were edited.
ALTER TABLE harbour ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX harbour_changed ON harbour (changed_at);
