-- A booking, and each move of one, is one function and so one round trip. Every function that
-- changes a dock's nights first takes the dock's calendar row; several docks go in id order.

CREATE FUNCTION iso_instant(t timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(t AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- Locks a dock's calendar and numbers the change that follows; null for a dock that is not there.
CREATE FUNCTION touch_calendar(p_dock bigint) RETURNS bigint
LANGUAGE sql
BEGIN ATOMIC
  UPDATE calendar SET version = version + 1 WHERE dock_id = p_dock RETURNING version;
END;

-- A whole berth is [0,); a quay sells the shortest free run that takes the boat (best fit), or null.
CREATE FUNCTION choose_span(p_dock bigint, p_length_cm int, p_need_cm int, p_nights daterange)
RETURNS int4range LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_low int;
BEGIN
  IF p_length_cm IS NULL THEN RETURN int4range(0, NULL); END IF;
  SELECT lower(run) INTO v_low
  FROM unnest(
    int4multirange(int4range(0, p_length_cm)) - coalesce(
      (SELECT range_agg(span) FROM occupancy WHERE dock_id = p_dock AND nights && p_nights),
      '{}'::int4multirange)
  ) AS run
  WHERE upper(run) - lower(run) >= p_need_cm
  ORDER BY upper(run) - lower(run), lower(run)
  LIMIT 1;
  IF v_low IS NULL THEN RETURN NULL; END IF;
  RETURN int4range(v_low, v_low + p_need_cm);
END $$;

-- Whether a boat of a length has room at a dock through some nights, for showing: holds whose time is
-- over take nothing, for the next booking ends them. The booking itself asks the constraint.
CREATE FUNCTION is_free(p_dock dock, p_nights daterange, p_loa_cm int) RETURNS boolean
LANGUAGE sql STABLE
BEGIN ATOMIC
  WITH taken AS (
    SELECT o.span FROM occupancy o
    LEFT JOIN booking b ON b.id = o.booking_id
    WHERE o.dock_id = p_dock.id AND o.nights && p_nights
      AND (b.deadline IS NULL OR b.deadline > clock_timestamp()))
  SELECT CASE WHEN p_dock.length_cm IS NULL THEN NOT EXISTS (SELECT FROM taken)
    ELSE EXISTS (
      SELECT FROM unnest(
        int4multirange(int4range(0, p_dock.length_cm))
        - coalesce((SELECT range_agg(span) FROM taken), '{}'::int4multirange)) AS run
      WHERE upper(run) - lower(run) >= p_loa_cm + p_dock.gap_cm) END;
END;

-- A booking as shared/booking.ts says it, without the reader's role.
CREATE FUNCTION booking_record(p_booking uuid) RETURNS jsonb LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT jsonb_build_object(
    'id', b.id,
    'version', b.version,
    'status', b.status,
    'dockId', b.dock_id,
    'dock', jsonb_build_object(
      'name', d.name,
      'kind', d.kind,
      'lat', CASE WHEN b.status IN ('confirmed', 'checked_in', 'completed') THEN d.lat ELSE d.public_lat END,
      'lon', CASE WHEN b.status IN ('confirmed', 'checked_in', 'completed') THEN d.lon ELSE d.public_lon END,
      'harbourName', h.name,
      'timeZone', d.time_zone,
      'vhfChannel', h.vhf_channel),
    'from', lower(b.nights),
    'to', upper(b.nights),
    'checkInAt', iso_instant(b.check_in_at),
    'checkOutAt', iso_instant(b.check_out_at),
    'currency', b.quote -> 'currency',
    'totalMinor', b.quote -> 'totalMinor',
    'depositMinor', b.quote -> 'depositMinor',
    'lines', b.quote -> 'lines',
    'collection', b.collection,
    'cancellationPolicy', b.cancellation_policy,
    'boat', b.vessel,
    'spanCm', CASE WHEN upper_inf(b.span) THEN NULL ELSE jsonb_build_array(lower(b.span), upper(b.span)) END,
    'guest', jsonb_build_object('id', guest.id, 'name', guest.name),
    'host', jsonb_build_object('id', host.id, 'name', host.name),
    'threadId', b.thread_id,
    'deadline', iso_instant(b.deadline),
    'createdAt', iso_instant(b.created_at))
  FROM booking b
  JOIN dock d ON d.id = b.dock_id
  JOIN harbour h ON h.id = d.harbour_id
  JOIN person guest ON guest.id = b.guest_id
  JOIN person host ON host.id = b.host_id
  WHERE b.id = p_booking;
END;

-- Writes a booking's move into the event log: who, what, before and after, for whoever reads it
-- later. The booking row is already as it is after the move.
CREATE FUNCTION record_booking_event(
  p_booking uuid, p_version bigint, p_move text, p_before text, p_actor uuid, p_role text
) RETURNS void LANGUAGE sql
BEGIN ATOMIC
  INSERT INTO event (dock_id, version, kind, cell, booking_id, body)
  SELECT b.dock_id, p_version, 'booking.' || p_move, d.cell, b.id, jsonb_build_object(
    'move', p_move,
    'actorId', p_actor,
    'actorRole', p_role,
    'before', CASE WHEN p_before IS NULL THEN NULL ELSE jsonb_build_object('status', p_before) END,
    'after', jsonb_build_object(
      'status', b.status,
      'from', lower(b.nights),
      'to', upper(b.nights),
      'spanCm', CASE WHEN upper_inf(b.span) THEN NULL ELSE jsonb_build_array(lower(b.span), upper(b.span)) END,
      'totalMinor', b.quote -> 'totalMinor',
      'currency', b.quote -> 'currency',
      'deadline', iso_instant(b.deadline)),
    'guestId', b.guest_id,
    'hostId', b.host_id,
    'threadId', b.thread_id)
  FROM booking b JOIN dock d ON d.id = b.dock_id
  WHERE b.id = p_booking;
END;

-- Ends the holds and requests of a dock whose time is over; the caller holds the calendar row.
-- A constraint's predicate cannot ask the clock, so this runs before every insert.
CREATE FUNCTION expire_due(p_dock bigint) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  v_due record;
  v_version bigint;
  v_count int := 0;
BEGIN
  FOR v_due IN
    SELECT id, status FROM booking
    WHERE dock_id = p_dock AND deadline <= clock_timestamp()
    ORDER BY deadline, id
  LOOP
    v_version := touch_calendar(p_dock);
    UPDATE booking SET status = 'expired', deadline = NULL, version = v_version, updated_at = now()
    WHERE id = v_due.id;
    DELETE FROM occupancy WHERE booking_id = v_due.id;
    PERFORM record_booking_event(v_due.id, v_version, 'expire', v_due.status, NULL, 'system');
    v_count := v_count + 1;
  END LOOP;
  RETURN v_count;
END $$;

-- The sweeper's share: docks with something overdue, in id order, so that many sweepers at once
-- never wait in a ring.
CREATE FUNCTION expire_overdue(p_docks int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  v_dock bigint;
  v_count int := 0;
BEGIN
  FOR v_dock IN
    SELECT DISTINCT dock_id FROM (
      SELECT dock_id FROM booking WHERE deadline <= now() ORDER BY deadline LIMIT p_docks) AS due
    ORDER BY dock_id
  LOOP
    PERFORM touch_calendar(v_dock);
    v_count := v_count + expire_due(v_dock);
  END LOOP;
  RETURN v_count;
END $$;

-- One thread for a dock and a guest; bookings of that pair share it.
CREATE FUNCTION open_thread(p_id uuid, p_dock bigint, p_guest uuid, p_host uuid) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid;
BEGIN
  INSERT INTO thread (id, dock_id, guest_id, host_id) VALUES (p_id, p_dock, p_guest, p_host)
  ON CONFLICT (dock_id, guest_id) DO NOTHING RETURNING id INTO v_id;
  IF v_id IS NULL THEN
    SELECT id INTO v_id FROM thread WHERE dock_id = p_dock AND guest_id = p_guest;
  ELSE
    INSERT INTO thread_member (thread_id, person_id, role)
    VALUES (v_id, p_guest, 'guest'), (v_id, p_host, 'host');
  END IF;
  RETURN v_id;
END $$;

-- Which of a dock's rules a stay breaks, by the database's clock in the dock's zone; null for none.
CREATE FUNCTION stay_fault(p_dock dock, p_nights daterange, p_check_in_at timestamptz) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_today date := (v_now AT TIME ZONE p_dock.time_zone)::date;
  v_count int := upper(p_nights) - lower(p_nights);
BEGIN
  RETURN CASE
    WHEN lower(p_nights) < v_today THEN 'past'
    WHEN v_count < p_dock.min_nights THEN 'min-nights'
    WHEN v_count > p_dock.max_nights THEN 'max-nights'
    WHEN upper(p_nights) > v_today + p_dock.window_days THEN 'window'
    WHEN p_dock.notice_hours > 0
      AND p_check_in_at < v_now + make_interval(hours => p_dock.notice_hours) THEN 'notice'
  END;
END $$;

-- Books. p_request: {id, threadId, dockId, dockVersion, from, to, loaCm, vessel, quote, instant}.
-- Answers {answer} with the booking's record, or {refused, reason?} having taken nothing.
CREATE FUNCTION book(p_guest uuid, p_key text, p_body_hash text, p_request jsonb) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  c_route CONSTANT text := 'POST /api/bookings';
  v_kept idempotency;
  v_dock dock;
  v_dock_id bigint := (p_request ->> 'dockId')::bigint;
  v_id uuid := (p_request ->> 'id')::uuid;
  v_nights daterange := daterange((p_request ->> 'from')::date, (p_request ->> 'to')::date);
  v_check_in_at timestamptz;
  v_span int4range;
  v_version bigint;
  v_status text;
  v_deadline timestamptz;
  v_thread uuid;
  v_refused text;
  v_reason text;
  v_answer jsonb;
BEGIN
  -- A retry while the first is in flight waits here for it.
  INSERT INTO idempotency (person_id, route, key, body_hash)
  VALUES (p_guest, c_route, p_key, p_body_hash) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO v_kept FROM idempotency
    WHERE person_id = p_guest AND route = c_route AND key = p_key;
    IF v_kept.body_hash <> p_body_hash THEN
      RETURN jsonb_build_object('refused', 'idempotency-key-reused');
    END IF;
    RETURN jsonb_build_object('answer', v_kept.answer);
  END IF;

  v_version := touch_calendar(v_dock_id);
  IF expire_due(v_dock_id) > 0 THEN v_version := touch_calendar(v_dock_id); END IF;
  SELECT * INTO v_dock FROM dock WHERE id = v_dock_id;

  IF v_dock.id IS NULL THEN v_refused := 'not-found';
  ELSIF v_dock.status <> 'published' THEN v_refused := 'not-bookable';
  ELSIF v_dock.host_id = p_guest THEN v_refused := 'not-bookable'; v_reason := 'own-dock';
  -- Fit and price were judged on an older record of the dock.
  ELSIF v_dock.version <> (p_request ->> 'dockVersion')::int THEN v_refused := 'dock-changed';
  ELSE
    v_check_in_at := (lower(v_nights) + v_dock.check_in_from) AT TIME ZONE v_dock.time_zone;
    v_reason := stay_fault(v_dock, v_nights, v_check_in_at);
    IF v_reason IS NOT NULL THEN v_refused := 'stay-not-possible';
    ELSE
      v_span := choose_span(
        v_dock_id, v_dock.length_cm, (p_request ->> 'loaCm')::int + v_dock.gap_cm, v_nights);
      IF v_span IS NOT NULL THEN
        INSERT INTO occupancy (dock_id, span, nights, source, booking_id)
        VALUES (v_dock_id, v_span, v_nights, 'booking', v_id) ON CONFLICT DO NOTHING;
      END IF;
      IF v_span IS NULL OR NOT FOUND THEN v_refused := 'dates-taken'; END IF;
    END IF;
  END IF;

  IF v_refused IS NOT NULL THEN
    DELETE FROM idempotency WHERE person_id = p_guest AND route = c_route AND key = p_key;
    RETURN jsonb_build_object('refused', v_refused, 'reason', v_reason);
  END IF;

  v_status := CASE
    WHEN NOT (v_dock.instant_book AND (p_request ->> 'instant')::boolean) THEN 'requested'
    WHEN v_dock.collection = 'online' THEN 'held'
    ELSE 'confirmed' END;
  v_deadline := CASE v_status
    WHEN 'held' THEN clock_timestamp() + interval '15 minutes'
    -- An answer after the boat has come helps nobody, but an hour there always is.
    WHEN 'requested' THEN least(
      clock_timestamp() + interval '24 hours',
      greatest(v_check_in_at, clock_timestamp() + interval '1 hour')) END;
  v_thread := open_thread((p_request ->> 'threadId')::uuid, v_dock_id, p_guest, v_dock.host_id);

  INSERT INTO booking (
    id, version, status, dock_id, guest_id, host_id, thread_id, nights, span, check_in_at,
    hold_until_at, check_out_at, vessel, quote, cancellation_policy, collection, deadline)
  VALUES (
    v_id, v_version, v_status, v_dock_id, p_guest, v_dock.host_id, v_thread, v_nights, v_span,
    v_check_in_at,
    (lower(v_nights) + v_dock.hold_until) AT TIME ZONE v_dock.time_zone,
    (upper(v_nights) + v_dock.check_out_by) AT TIME ZONE v_dock.time_zone,
    p_request -> 'vessel', p_request -> 'quote', v_dock.cancellation_policy, v_dock.collection,
    v_deadline);
  PERFORM record_booking_event(v_id, v_version, 'create', NULL, p_guest, 'guest');

  v_answer := booking_record(v_id);
  UPDATE idempotency SET status = 201, answer = v_answer
  WHERE person_id = p_guest AND route = c_route AND key = p_key;
  RETURN jsonb_build_object('answer', v_answer);
END $$;

-- Makes a move of BOOKING_MOVES (shared/booking.ts) by compare-and-set. p_version null: whatever
-- version it has. Answers {answer} or {refused, reason?, current}.
CREATE FUNCTION move_booking(
  p_booking uuid, p_actor uuid, p_role text, p_move text, p_from text[], p_to text, p_version bigint
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_dock_id bigint;
  v_before booking;
  v_version bigint;
  v_refused text;
  v_reason text;
BEGIN
  SELECT dock_id INTO v_dock_id FROM booking WHERE id = p_booking;
  IF v_dock_id IS NULL THEN RETURN jsonb_build_object('refused', 'not-found'); END IF;
  v_version := touch_calendar(v_dock_id);
  IF expire_due(v_dock_id) > 0 THEN v_version := touch_calendar(v_dock_id); END IF;
  SELECT * INTO v_before FROM booking WHERE id = p_booking;

  IF p_version IS NOT NULL AND v_before.version <> p_version THEN v_refused := 'stale';
  ELSIF v_before.status <> ALL (p_from) THEN v_refused := 'move-not-allowed';
  -- From the arrival day on: an early boat may be let in, but not on another day.
  ELSIF p_move = 'check-in' AND clock_timestamp() < v_before.check_in_at - interval '12 hours' THEN
    v_refused := 'move-not-allowed';
    v_reason := 'too-early';
  END IF;
  IF v_refused IS NOT NULL THEN
    RETURN jsonb_build_object(
      'refused', v_refused, 'reason', v_reason, 'current', booking_record(p_booking));
  END IF;

  UPDATE booking SET status = p_to, version = v_version, deadline = NULL, updated_at = now()
  WHERE id = p_booking;
  IF p_to NOT IN ('held', 'requested', 'confirmed', 'checked_in') THEN
    DELETE FROM occupancy WHERE booking_id = p_booking;
  END IF;
  PERFORM record_booking_event(p_booking, v_version, p_move, v_before.status, p_actor, p_role);
  RETURN jsonb_build_object('answer', booking_record(p_booking));
END $$;
