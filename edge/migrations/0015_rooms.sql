-- Edits, deletions, pictures and bookings' moves in a conversation; who blocked whom; what rooms are
-- still to be told.

ALTER TABLE thread_log
  -- Null: written by the product itself.
  ALTER COLUMN sender_id DROP NOT NULL,
  ADD COLUMN target bigint,
  ADD COLUMN target_id uuid,
  -- What shared/chat.ts lets hang on an entry: photo, berth, booking, flags, deleted.
  ADD COLUMN more jsonb,
  ADD CHECK ((kind = 'message') = (target IS NULL) AND (target IS NULL) = (target_id IS NULL)),
  DROP CONSTRAINT thread_log_thread_id_sender_id_client_id_key,
  ADD UNIQUE NULLS NOT DISTINCT (thread_id, sender_id, client_id);
CREATE INDEX thread_log_target ON thread_log (thread_id, target, seq) WHERE target IS NOT NULL;

CREATE TABLE thread_photo (
  id uuid PRIMARY KEY,
  thread_id uuid NOT NULL REFERENCES thread ON DELETE CASCADE,
  sender_id uuid NOT NULL REFERENCES person,
  blob_key text NOT NULL UNIQUE,
  content_type text NOT NULL,
  bytes int NOT NULL,
  width int NOT NULL,
  height int NOT NULL,
  -- The message that carries it; one picture hangs on one message, so that deleting it deletes both.
  client_id text,
  deleted_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX thread_photo_thread ON thread_photo (thread_id, sender_id);
CREATE INDEX thread_photo_gone ON thread_photo (created_at)
  WHERE client_id IS NULL OR deleted_at IS NOT NULL;

CREATE TABLE person_block (
  blocker_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  blocked_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (blocker_id, blocked_id),
  CHECK (blocker_id <> blocked_id)
);
CREATE INDEX person_block_blocked ON person_block (blocked_id);

CREATE TABLE report (
  id uuid PRIMARY KEY,
  thread_id uuid NOT NULL REFERENCES thread,
  reporter_id uuid NOT NULL REFERENCES person,
  reported_id uuid NOT NULL REFERENCES person,
  seq bigint,
  reason text NOT NULL CHECK (reason IN ('fraud', 'abuse', 'spam', 'other')),
  note text NOT NULL DEFAULT '',
  -- The message as it stood: its author may take it back meanwhile.
  evidence jsonb,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX report_reporter ON report (reporter_id, created_at);

-- What a room is told beside events, written with the change that it tells of and removed when the
-- hub has taken it.
CREATE TABLE room_push (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  party text NOT NULL CHECK (party IN ('thread', 'inbox')),
  room_id text NOT NULL,
  -- Null: the members as they are when it is told.
  body jsonb,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- The members of a thread as its room lets them in: a block, whoever made it, leaves both outside.
CREATE FUNCTION thread_roster(p_thread uuid) RETURNS jsonb LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT coalesce(jsonb_agg(jsonb_build_object(
    'userId', m.person_id, 'role', m.role, 'name', p.name) ORDER BY m.role), '[]')
  FROM thread_member m
  JOIN person p ON p.id = m.person_id
  WHERE m.thread_id = p_thread AND m.removed_at IS NULL
    AND NOT EXISTS (
      SELECT FROM person_block k
      JOIN thread_member o ON o.thread_id = p_thread
      WHERE (k.blocked_id, k.blocker_id) IN ((m.person_id, o.person_id), (o.person_id, m.person_id)));
END;

-- Numbers the rosters of all threads that two people share anew, and has their rooms told.
CREATE FUNCTION renew_rosters(p_one uuid, p_other uuid) RETURNS void LANGUAGE sql
BEGIN ATOMIC
  WITH shared AS (
    UPDATE thread t SET members_version = members_version + 1
    WHERE EXISTS (SELECT FROM thread_member m WHERE m.thread_id = t.id AND m.person_id = p_one)
      AND EXISTS (SELECT FROM thread_member m WHERE m.thread_id = t.id AND m.person_id = p_other)
    RETURNING t.id)
  INSERT INTO room_push (party, room_id) SELECT 'thread', id FROM shared;
END;

-- A message as it is shown: the newest edit's text in place of its own.
CREATE FUNCTION shown_message(p_log thread_log) RETURNS jsonb LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT CASE WHEN p_log.more ? 'deleted' OR e.seq IS NULL THEN s.stored
    ELSE (s.stored - 'flags')
      || jsonb_build_object('text', e.text, 'editedAt', iso_instant(e.sent_at))
      || coalesce(e.more, '{}') END
  FROM (SELECT jsonb_build_object(
      'seq', p_log.seq, 'id', p_log.id, 'clientId', p_log.client_id,
      'senderId', coalesce(p_log.sender_id::text, 'system'),
      'text', p_log.text, 'sentAt', iso_instant(p_log.sent_at)) || coalesce(p_log.more, '{}') AS stored) s
  LEFT JOIN LATERAL (
    SELECT c.seq, c.text, c.sent_at, c.more FROM thread_log c
    WHERE c.thread_id = p_log.thread_id AND c.target = p_log.seq AND c.target_id = p_log.id
      AND c.sender_id = p_log.sender_id AND c.kind = 'edit'
    ORDER BY c.seq DESC LIMIT 1) e ON true;
END;
