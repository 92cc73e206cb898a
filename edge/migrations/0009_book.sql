-- Which stays a dock sells, and the booking of one.

DROP FUNCTION is_free(dock, daterange, int);

-- Whether a boat of a length has room at a dock through some nights, for showing: what has run out
-- takes nothing, for the next booking ends it; nor does the stay that is about to be changed. The
-- booking itself asks the constraint.
CREATE FUNCTION is_free(p_dock dock, p_nights daterange, p_loa_cm int, p_changed uuid DEFAULT NULL)
RETURNS boolean LANGUAGE sql STABLE
BEGIN ATOMIC
  WITH taken AS (
    SELECT o.span FROM occupancy o
    LEFT JOIN booking b ON b.id = o.booking_id
    WHERE o.dock_id = p_dock.id AND o.nights && p_nights
      AND (b.deadline IS NULL OR b.deadline > clock_timestamp())
      AND (o.expires_at IS NULL OR o.expires_at > clock_timestamp())
      AND (p_changed IS NULL OR (
        o.booking_id IS DISTINCT FROM p_changed AND o.refusal_for IS DISTINCT FROM p_changed
        AND NOT EXISTS (
          SELECT FROM stay_change c WHERE c.id = o.change_id AND c.booking_id = p_changed))))
  SELECT CASE WHEN p_dock.length_cm IS NULL THEN NOT EXISTS (SELECT FROM taken)
    ELSE EXISTS (
      SELECT FROM unnest(
        int4multirange(int4range(0, p_dock.length_cm))
        - coalesce((SELECT range_agg(span) FROM taken), '{}'::int4multirange)) AS run
      WHERE upper(run) - lower(run) >= p_loa_cm + p_dock.gap_cm) END;
END;

-- The nights within a stretch that a dock's closures keep from sale. A day that a year does not have
-- (02-29) is the next one.
CREATE FUNCTION closed_nights(p_closures jsonb, p_within daterange) RETURNS datemultirange
LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
  SELECT coalesce(range_agg(closed * p_within), '{}'::datemultirange)
  FROM jsonb_array_elements(p_closures) AS closure
  CROSS JOIN generate_series(
    extract(year FROM lower(p_within))::int - 1, extract(year FROM upper(p_within))::int) AS year
  CROSS JOIN LATERAL (
    SELECT make_date(year, left(closure ->> 'from', 2)::int, 1)
        + right(closure ->> 'from', 2)::int - 1 AS first,
      make_date(
        -- Over New Year; the same day twice is the whole year.
        CASE WHEN (closure ->> 'to') COLLATE "C" > (closure ->> 'from') COLLATE "C"
          THEN year ELSE year + 1 END, left(closure ->> 'to', 2)::int, 1)
        + right(closure ->> 'to', 2)::int - 1 AS until) AS day
  CROSS JOIN LATERAL (SELECT daterange(first, until) AS closed) AS stretch
  WHERE closed && p_within;
END;

-- Which of a dock's rules a stay breaks, by the database's clock in the dock's zone; null for none.
-- p_was: the nights that the guest has there already, which are no news to the dock.
CREATE FUNCTION stay_fault(
  p_dock dock, p_nights daterange, p_check_in_at timestamptz, p_was daterange DEFAULT NULL
) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_today date := (v_now AT TIME ZONE p_dock.time_zone)::date;
  v_count int := upper(p_nights) - lower(p_nights);
  v_begins boolean := lower(p_nights) IS DISTINCT FROM lower(p_was);
BEGIN
  RETURN CASE
    WHEN (v_begins AND lower(p_nights) < v_today) OR upper(p_nights) < v_today THEN 'past'
    WHEN v_count < p_dock.min_nights THEN 'min-nights'
    WHEN v_count > p_dock.max_nights THEN 'max-nights'
    WHEN upper(p_nights) > greatest(v_today + p_dock.window_days, upper(p_was)) THEN 'window'
    WHEN p_dock.closures <> '[]'
      AND NOT closed_nights(p_dock.closures, p_nights) <@ coalesce(p_was, 'empty') THEN 'closed'
    WHEN v_begins AND p_dock.notice_hours > 0
      AND p_check_in_at < v_now + make_interval(hours => p_dock.notice_hours) THEN 'notice'
  END;
END $$;

-- Whether a person may open one more booking of a status; the next of theirs waits for this one.
CREATE FUNCTION may_open(p_person uuid, p_status text) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('open:' || p_person, 0));
  RETURN open_limit(p_status) > (
    SELECT count(*) FROM booking
    WHERE guest_id = p_person AND status = p_status AND deadline > clock_timestamp());
END $$;

-- Books. p_request: {id, threadId, dockId, dockVersion, from, to, loaCm, vessel, quote, instant}.
-- Answers {answer} with the booking's record, or {refused, reason?} having taken nothing.
CREATE OR REPLACE FUNCTION book(p_guest uuid, p_key text, p_body_hash text, p_request jsonb)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  c_route CONSTANT text := 'POST /api/bookings';
  v_kept idempotency;
  v_dock dock;
  v_dock_id bigint := (p_request ->> 'dockId')::bigint;
  v_id uuid := (p_request ->> 'id')::uuid;
  v_nights daterange := daterange((p_request ->> 'from')::date, (p_request ->> 'to')::date);
  v_total bigint := (p_request -> 'quote' ->> 'totalMinor')::bigint;
  v_deposit bigint := (p_request -> 'quote' ->> 'depositMinor')::bigint;
  v_check_in_at timestamptz;
  v_span int4range;
  v_version bigint;
  v_status text;
  v_pays boolean;
  v_deadline timestamptz;
  v_thread uuid;
  v_refused text;
  v_reason text;
  v_answer jsonb;
BEGIN
  -- Whoever comes too late in a rush is told so in turn without writing anything: a transaction that
  -- wrote would make the next one wait for its commit. One statement, so that a retry whose first try
  -- has just booked sees its key and its nights, or neither.
  PERFORM pg_advisory_xact_lock(hashtextextended('book', id)) FROM dock WHERE id = v_dock_id;
  PERFORM FROM dock d
  WHERE d.id = v_dock_id AND d.status = 'published'
    AND NOT is_free(d, v_nights, (p_request ->> 'loaCm')::int)
    AND NOT EXISTS (
      SELECT FROM idempotency WHERE person_id = p_guest AND route = c_route AND key = p_key);
  IF FOUND THEN RETURN jsonb_build_object('refused', 'dates-taken', 'reason', NULL); END IF;

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
  v_pays := v_dock.collection = 'online' AND v_total + v_deposit > 0;
  v_status := CASE
    WHEN NOT (v_dock.instant_book AND (p_request ->> 'instant')::boolean) THEN 'requested'
    WHEN v_pays THEN 'held'
    ELSE 'confirmed' END;

  IF v_dock.id IS NULL THEN v_refused := 'not-found';
  ELSIF v_dock.status <> 'published' THEN v_refused := 'not-bookable';
  ELSIF v_dock.host_id = p_guest THEN v_refused := 'not-bookable'; v_reason := 'own-dock';
  -- Fit and price were judged on an older record of the dock.
  ELSIF v_dock.version <> (p_request ->> 'dockVersion')::int THEN v_refused := 'dock-changed';
  ELSE
    v_check_in_at := (lower(v_nights) + v_dock.check_in_from) AT TIME ZONE v_dock.time_zone;
    v_reason := stay_fault(v_dock, v_nights, v_check_in_at);
    IF v_reason IS NOT NULL THEN v_refused := 'stay-not-possible';
    ELSIF v_status <> 'confirmed' AND NOT may_open(p_guest, v_status) THEN
      v_refused := 'too-many-open';
      v_reason := v_status;
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

  v_deadline := CASE v_status
    WHEN 'held' THEN clock_timestamp() + interval '15 minutes'
    -- An answer after the boat has come helps nobody, but an hour there always is.
    WHEN 'requested' THEN least(
      clock_timestamp() + interval '24 hours',
      greatest(v_check_in_at, clock_timestamp() + interval '1 hour')) END;
  v_thread := open_thread((p_request ->> 'threadId')::uuid, v_dock_id, p_guest, v_dock.host_id);

  INSERT INTO booking (
    id, version, status, dock_id, guest_id, host_id, thread_id, nights, span, check_in_at,
    hold_until_at, check_out_at, vessel, quote, cancellation_policy, cancellation_tiers,
    policy_from, collection, owed_total_minor, owed_deposit_minor, deadline)
  VALUES (
    v_id, v_version, v_status, v_dock_id, p_guest, v_dock.host_id, v_thread, v_nights, v_span,
    v_check_in_at,
    (lower(v_nights) + v_dock.hold_until) AT TIME ZONE v_dock.time_zone,
    (upper(v_nights) + v_dock.check_out_by) AT TIME ZONE v_dock.time_zone,
    p_request -> 'vessel', p_request -> 'quote', v_dock.cancellation_policy,
    cancellation_tiers(v_dock.cancellation_policy), v_check_in_at, v_dock.collection,
    CASE WHEN v_pays THEN v_total ELSE 0 END, CASE WHEN v_pays THEN v_deposit ELSE 0 END,
    v_deadline);
  IF v_pays THEN
    INSERT INTO payment (
      id, booking_id, purpose, capture, currency, amount_minor, total_minor, deposit_minor)
    VALUES (
      uuidv7(), v_id, 'stay', CASE v_status WHEN 'held' THEN 'automatic' ELSE 'manual' END,
      p_request -> 'quote' ->> 'currency', v_total + v_deposit, v_total, v_deposit);
  END IF;
  PERFORM record_booking_event(v_id, 'booking.create', NULL, p_guest, 'guest', NULL);

  v_answer := booking_record(v_id);
  UPDATE idempotency SET status = 201, answer = v_answer
  WHERE person_id = p_guest AND route = c_route AND key = p_key;
  RETURN jsonb_build_object('answer', v_answer);
END $$;

-- Gives the guest in a berth the next night until a local time of the check-out day: a row that
-- ends by itself and that a longer stay of theirs may use. False where the night is taken or the
-- time is over. The caller holds the calendar and the booking.
CREATE FUNCTION grant_first_refusal(
  p_booking booking, p_until time, p_actor uuid, p_role text
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_before jsonb := booking_state(p_booking);
  v_night date := upper(p_booking.nights);
  v_until timestamptz := (
    SELECT (v_night + p_until) AT TIME ZONE time_zone FROM dock WHERE id = p_booking.dock_id);
BEGIN
  IF v_until <= clock_timestamp() THEN RETURN false; END IF;
  BEGIN
    DELETE FROM occupancy WHERE refusal_for = p_booking.id;
    INSERT INTO occupancy (dock_id, span, nights, source, refusal_for, expires_at)
    VALUES (p_booking.dock_id, p_booking.span, daterange(v_night, v_night + 1), 'refusal',
      p_booking.id, v_until);
  EXCEPTION WHEN exclusion_violation THEN
    RETURN false;
  END;
  UPDATE booking SET refusal_until = v_until, version = touch_calendar(dock_id), updated_at = now()
  WHERE id = p_booking.id;
  PERFORM record_booking_event(
    p_booking.id, 'booking.first-refusal', v_before, p_actor, p_role,
    jsonb_build_object('night', v_night, 'until', iso_instant(v_until)));
  RETURN true;
END $$;

-- The host's own word on first refusal; p_until null takes it back.
CREATE FUNCTION set_first_refusal(
  p_booking uuid, p_actor uuid, p_role text, p_until time, p_version bigint
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_booking booking := lock_booking(p_booking);
  v_refused text;
BEGIN
  IF v_booking.id IS NULL THEN RETURN jsonb_build_object('refused', 'not-found'); END IF;
  IF v_booking.version <> p_version THEN v_refused := 'stale';
  ELSIF v_booking.status NOT IN ('confirmed', 'checked_in') THEN v_refused := 'move-not-allowed';
  ELSIF p_until IS NULL THEN
    DELETE FROM occupancy WHERE refusal_for = p_booking;
    UPDATE booking SET refusal_until = NULL, version = touch_calendar(dock_id), updated_at = now()
    WHERE id = p_booking;
    PERFORM record_booking_event(
      p_booking, 'booking.first-refusal', booking_state(v_booking), p_actor, p_role, NULL);
  ELSIF NOT grant_first_refusal(v_booking, p_until, p_actor, p_role) THEN
    v_refused := 'dates-taken';
  END IF;
  IF v_refused IS NOT NULL THEN
    RETURN jsonb_build_object('refused', v_refused, 'current', booking_record(p_booking));
  END IF;
  RETURN jsonb_build_object('answer', booking_record(p_booking));
END $$;

-- Ends stays that nobody said the end of: a day after check-out they are over. Docks in id order.
CREATE FUNCTION complete_past(p_count int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  v_due record;
  v_booking booking;
  v_rule booking_move;
  v_count int := 0;
BEGIN
  FOR v_due IN
    SELECT id, dock_id FROM (
      SELECT id, dock_id FROM booking
      WHERE status IN ('confirmed', 'checked_in') AND check_out_at < now() - interval '24 hours'
      ORDER BY check_out_at LIMIT p_count) AS due
    ORDER BY dock_id, id
  LOOP
    PERFORM touch_calendar(v_due.dock_id);
    SELECT * INTO v_booking FROM booking
    WHERE id = v_due.id AND dock_id = v_due.dock_id
      AND check_out_at < now() - interval '24 hours' FOR NO KEY UPDATE;
    SELECT * INTO v_rule FROM booking_move
    WHERE move = 'complete' AND from_status = v_booking.status AND role = 'system';
    -- A change that waits may be at another dock; it ends by itself, and the stay in a later round.
    CONTINUE WHEN v_rule.move IS NULL OR EXISTS (
      SELECT FROM stay_change WHERE booking_id = v_due.id AND status = 'held');
    PERFORM make_move(v_booking, v_rule, NULL, 'over');
    v_count := v_count + 1;
  END LOOP;
  RETURN v_count;
END $$;
