-- Changes of a stay: longer, shorter, other nights, another berth of the same host. The new is taken
-- and the old freed in one transaction; where more is to be paid by card, the new nights are held
-- beside the old ones until that has come.

-- Where a stay lies after a change: where it lay if that can be, else the shortest free run of a
-- quay, unless she is there already. Null where there is no room.
CREATE FUNCTION choose_span_for(
  p_booking booking, p_dock dock, p_need_cm int, p_nights daterange
) RETURNS int4range LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_taken int4multirange;
  v_low int;
BEGIN
  SELECT coalesce(range_agg(o.span), '{}'::int4multirange) INTO v_taken
  FROM occupancy o LEFT JOIN stay_change c ON c.id = o.change_id
  WHERE o.dock_id = p_dock.id AND o.nights && p_nights
    AND coalesce(o.booking_id, o.refusal_for, c.booking_id) IS DISTINCT FROM p_booking.id;
  IF p_dock.length_cm IS NULL THEN
    RETURN CASE WHEN v_taken = '{}' THEN int4range(0, NULL) END;
  END IF;
  IF p_dock.id = p_booking.dock_id THEN
    IF NOT v_taken && p_booking.span THEN RETURN p_booking.span; END IF;
    IF p_booking.status = 'checked_in' THEN RETURN NULL; END IF;
  END IF;
  SELECT lower(run) INTO v_low
  FROM unnest(int4multirange(int4range(0, p_dock.length_cm)) - v_taken) AS run
  WHERE upper(run) - lower(run) >= p_need_cm
  ORDER BY upper(run) - lower(run), lower(run)
  LIMIT 1;
  RETURN CASE WHEN v_low IS NOT NULL THEN int4range(v_low, v_low + p_need_cm) END;
END $$;

-- Makes a stay another one. The caller holds the calendars of both docks and knows that the place is
-- free; the constraint watches.
CREATE FUNCTION apply_stay(
  p_before booking, p_dock dock, p_nights daterange, p_span int4range, p_quote jsonb,
  p_thread uuid, p_actor uuid, p_role text, p_was jsonb
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_after booking;
  v_version bigint;
  v_check_in_at timestamptz :=
    (lower(p_nights) + p_dock.check_in_from) AT TIME ZONE p_dock.time_zone;
  v_pays boolean := p_before.collection = 'online';
  v_sent bigint := 0;
BEGIN
  DELETE FROM occupancy WHERE refusal_for = p_before.id;
  UPDATE occupancy SET dock_id = p_dock.id, nights = p_nights, span = p_span
  WHERE booking_id = p_before.id;
  PERFORM lay_closures(p_before.dock_id);
  -- A booking's version only grows, also where it comes to a dock that has changed less.
  UPDATE calendar SET version = greatest(version, p_before.version) + 1
  WHERE dock_id = p_dock.id RETURNING version INTO v_version;
  UPDATE booking SET dock_id = p_dock.id, nights = p_nights, span = p_span, quote = p_quote,
    thread_id = p_thread, version = v_version, check_in_at = v_check_in_at,
    hold_until_at = (lower(p_nights) + p_dock.hold_until) AT TIME ZONE p_dock.time_zone,
    check_out_at = (upper(p_nights) + p_dock.check_out_by) AT TIME ZONE p_dock.time_zone,
    policy_from = least(policy_from, v_check_in_at),
    owed_total_minor = CASE WHEN v_pays THEN (p_quote ->> 'totalMinor')::bigint ELSE 0 END,
    refusal_until = NULL, updated_at = now()
  WHERE id = p_before.id RETURNING * INTO v_after;
  IF v_pays THEN
    v_sent := settle_booking(v_after, 'changed');
    PERFORM ledger_settle(p_before.id);
  END IF;
  PERFORM record_booking_event(
    p_before.id, 'booking.change', p_was, p_actor, p_role, jsonb_build_object(
      'differenceMinor',
        (p_quote ->> 'totalMinor')::bigint - (p_before.quote ->> 'totalMinor')::bigint,
      'refundMinor', v_sent, 'currency', p_quote -> 'currency'));
  IF p_dock.id <> p_before.dock_id THEN
    PERFORM record_nights_event(p_before.dock_id, 'nights.released', '{}');
  END IF;
  IF v_after.status = 'checked_in' AND p_dock.first_refusal_until IS NOT NULL THEN
    PERFORM grant_first_refusal(v_after, p_dock.first_refusal_until, NULL, 'system');
  END IF;
END $$;

-- Holds what a change adds to a stay, until a deadline.
CREATE FUNCTION hold_change(p_booking booking, p_change stay_change) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM occupancy WHERE refusal_for = p_booking.id;
  INSERT INTO occupancy (dock_id, span, nights, source, change_id, expires_at)
  SELECT p_change.dock_id, part.span, part.nights, 'change', p_change.id, p_change.deadline
  FROM (
    -- Other nights, or all of them at another dock.
    SELECT p_change.span AS span, added AS nights
    FROM unnest(datemultirange(p_change.nights) - CASE
      WHEN p_change.dock_id = p_booking.dock_id THEN datemultirange(p_booking.nights)
      ELSE '{}'::datemultirange END) AS added
    UNION ALL
    -- The same nights elsewhere along the quay.
    SELECT added, p_change.nights * p_booking.nights
    FROM unnest(int4multirange(p_change.span) - int4multirange(p_booking.span)) AS added
    WHERE p_change.dock_id = p_booking.dock_id AND p_change.nights && p_booking.nights) AS part;
END $$;

-- Why a guest may not change a stay so, or null. Rules of the dock are stay_fault's.
CREATE FUNCTION change_fault(
  p_booking booking, p_dock dock, p_request jsonb, p_nights daterange, OUT refused text,
  OUT reason text
) LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_is_same_dock boolean := p_dock.id = p_booking.dock_id;
  v_grows boolean := NOT (v_is_same_dock AND p_nights <@ p_booking.nights);
BEGIN
  IF p_booking.version <> (p_request ->> 'version')::bigint THEN refused := 'stale';
  ELSIF p_booking.status NOT IN ('confirmed', 'checked_in') THEN refused := 'move-not-allowed';
  ELSIF p_dock.id IS NULL THEN refused := 'not-found';
  ELSIF p_dock.version <> (p_request ->> 'dockVersion')::int THEN refused := 'dock-changed';
  ELSIF p_dock.status <> 'published' AND v_grows THEN refused := 'not-bookable';
  ELSIF NOT v_is_same_dock AND p_dock.host_id <> p_booking.host_id THEN
    refused := 'not-bookable';
    reason := 'other-host';
  ELSIF NOT v_is_same_dock AND p_dock.collection <> p_booking.collection
    OR p_request -> 'quote' ->> 'currency' <> p_booking.quote ->> 'currency' THEN
    refused := 'not-bookable';
    reason := 'other-terms';
  -- She lies there: neither the berth nor the nights that are over can be others.
  ELSIF p_booking.status = 'checked_in'
    AND NOT (v_is_same_dock AND lower(p_nights) = lower(p_booking.nights)) THEN
    refused := 'move-not-allowed';
    reason := 'has-come';
  ELSIF EXISTS (
    SELECT FROM stay_change c JOIN payment p ON p.id = c.payment_id
    WHERE c.booking_id = p_booking.id AND c.status = 'held' AND p.status = 'processing') THEN
    refused := 'move-not-allowed';
    reason := 'change-under-way';
  ELSIF v_grows AND NOT (p_dock.instant_book AND (p_request ->> 'instant')::boolean)
    -- First refusal is the host's yes to that night.
    AND NOT (v_is_same_dock AND EXISTS (
      SELECT FROM occupancy WHERE refusal_for = p_booking.id
        AND p_nights = daterange(lower(p_booking.nights), upper(nights)))) THEN
    refused := 'not-bookable';
    reason := 'asks-first';
  ELSE
    reason := stay_fault(
      p_dock, p_nights, (lower(p_nights) + p_dock.check_in_from) AT TIME ZONE p_dock.time_zone,
      CASE WHEN v_is_same_dock THEN p_booking.nights END);
    IF reason IS NOT NULL THEN refused := 'stay-not-possible'; END IF;
  END IF;
END $$;

-- The least that a card can be asked for, in minor units (docs.stripe.com/currencies, minimum charge
-- amounts); where it is not said there, what most have.
CREATE FUNCTION least_charge(p_currency text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE p_currency
  WHEN 'GBP' THEN 30 WHEN 'BGN' THEN 100 WHEN 'AED' THEN 200 WHEN 'MYR' THEN 200
  WHEN 'PLN' THEN 200 WHEN 'RON' THEN 200 WHEN 'DKK' THEN 250 WHEN 'NOK' THEN 300
  WHEN 'SEK' THEN 300 WHEN 'HKD' THEN 400 WHEN 'MXN' THEN 1000 WHEN 'THB' THEN 1000
  WHEN 'CZK' THEN 1500 WHEN 'HUF' THEN 17500 ELSE 50 END;

-- The quote of a change as it is agreed: a deposit stays as it was paid; what the cancellation policy
-- keeps of a stay that became cheaper, and what is waived because no card can be asked for so little,
-- are lines of their own.
CREATE FUNCTION change_quote(p_booking booking, p_quote jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_total bigint := (p_quote ->> 'totalMinor')::bigint;
  v_less bigint := p_booking.owed_total_minor - v_total;
  v_kept bigint := 0;
BEGIN
  IF p_booking.collection <> 'online' THEN RETURN p_quote; END IF;
  IF v_less > 0 THEN
    v_kept := v_less - round(v_less / 100.0 * policy_percent(
      p_booking.cancellation_tiers, p_booking.policy_from, clock_timestamp()));
  ELSIF -v_less < least_charge(p_quote ->> 'currency') THEN
    v_kept := v_less;
  END IF;
  p_quote := p_quote || jsonb_build_object(
    'depositMinor', p_booking.quote -> 'depositMinor', 'totalMinor', v_total + v_kept);
  IF v_kept = 0 THEN RETURN p_quote; END IF;
  RETURN jsonb_set(p_quote, '{lines}', (p_quote -> 'lines') || jsonb_build_array(
    CASE WHEN v_kept > 0 THEN jsonb_build_object(
      'code', 'kept', 'label', 'Kept by the cancellation policy', 'amountMinor', v_kept)
    ELSE jsonb_build_object(
      'code', 'waived', 'label', 'Waived: too little for a card', 'amountMinor', v_kept) END));
END $$;

-- Changes a stay. p_request: {id, bookingId, version, threadId, dockId, dockVersion, from, to, loaCm,
-- quote, instant}. Answers {answer} with the booking's record, in which a change that waits for its
-- payment is `change`, or {refused, reason?, current?} having changed nothing.
CREATE FUNCTION change_stay(p_guest uuid, p_key text, p_body_hash text, p_request jsonb)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p_request ->> 'bookingId')::uuid;
  v_route text := format('POST /api/bookings/%s/extend', v_id);
  v_nights daterange := daterange((p_request ->> 'from')::date, (p_request ->> 'to')::date);
  v_kept idempotency;
  v_booking booking;
  v_dock dock;
  v_old stay_change;
  v_change stay_change;
  v_quote jsonb;
  v_span int4range;
  v_fault record;
  v_refused text;
  v_reason text;
  v_answer jsonb;
BEGIN
  INSERT INTO idempotency (person_id, route, key, body_hash)
  VALUES (p_guest, v_route, p_key, p_body_hash) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO v_kept FROM idempotency
    WHERE person_id = p_guest AND route = v_route AND key = p_key;
    IF v_kept.body_hash <> p_body_hash THEN
      RETURN jsonb_build_object('refused', 'idempotency-key-reused');
    END IF;
    RETURN jsonb_build_object('answer', v_kept.answer);
  END IF;

  v_booking := lock_booking(v_id, (p_request ->> 'dockId')::bigint);
  SELECT * INTO v_dock FROM dock WHERE id = (p_request ->> 'dockId')::bigint;
  SELECT * INTO v_fault FROM change_fault(v_booking, v_dock, p_request, v_nights);
  v_refused := v_fault.refused;
  v_reason := v_fault.reason;
  IF v_booking.id IS NULL OR v_booking.guest_id <> p_guest THEN v_refused := 'not-found';
  ELSIF v_refused IS NULL THEN
    v_span := choose_span_for(
      v_booking, v_dock, (p_request ->> 'loaCm')::int + v_dock.gap_cm, v_nights);
    IF v_span IS NULL THEN v_refused := 'dates-taken'; END IF;
  END IF;
  IF v_refused IS NOT NULL THEN
    DELETE FROM idempotency WHERE person_id = p_guest AND route = v_route AND key = p_key;
    RETURN jsonb_build_object('refused', v_refused, 'reason', v_reason,
      'current', CASE WHEN v_refused <> 'not-found' THEN booking_record(v_id) END);
  END IF;

  SELECT * INTO v_old FROM stay_change WHERE booking_id = v_id AND status = 'held';
  IF v_old.id IS NOT NULL THEN PERFORM end_change(v_old, 'cancelled'); END IF;
  v_quote := change_quote(v_booking, p_request -> 'quote');
  v_change.thread_id := CASE WHEN v_dock.id = v_booking.dock_id THEN v_booking.thread_id
    ELSE open_thread((p_request ->> 'threadId')::uuid, v_dock.id, p_guest, v_dock.host_id) END;
  v_change.due_minor := (v_quote ->> 'totalMinor')::bigint - v_booking.owed_total_minor;

  IF v_booking.collection = 'online' AND v_change.due_minor > 0 THEN
    INSERT INTO payment (
      id, booking_id, purpose, capture, currency, amount_minor, total_minor)
    VALUES (uuidv7(), v_id, 'change', 'automatic', v_quote ->> 'currency',
      v_change.due_minor, v_change.due_minor)
    RETURNING id INTO v_change.payment_id;
    INSERT INTO stay_change (
      id, booking_id, payment_id, dock_id, nights, span, quote, thread_id, due_minor, deadline)
    VALUES ((p_request ->> 'id')::uuid, v_id, v_change.payment_id, v_dock.id, v_nights, v_span,
      v_quote, v_change.thread_id, v_change.due_minor, clock_timestamp() + interval '15 minutes')
    RETURNING * INTO v_change;
    PERFORM hold_change(v_booking, v_change);
    UPDATE booking SET version = touch_calendar(dock_id), updated_at = now() WHERE id = v_id;
    PERFORM record_booking_event(v_id, 'booking.hold-change', booking_state(v_booking), p_guest,
      'guest', jsonb_build_object(
        'changeId', v_change.id, 'dockId', v_dock.id, 'from', lower(v_nights),
        'to', upper(v_nights), 'dueMinor', v_change.due_minor,
        'currency', v_quote -> 'currency', 'deadline', iso_instant(v_change.deadline)));
    IF v_dock.id <> v_booking.dock_id THEN
      PERFORM record_nights_event(v_dock.id, 'nights.held', '{}');
    END IF;
  ELSE
    PERFORM apply_stay(
      v_booking, v_dock, v_nights, v_span, v_quote, v_change.thread_id, p_guest, 'guest',
      booking_state(v_booking));
  END IF;

  v_answer := booking_record(v_id);
  UPDATE idempotency SET status = 200, answer = v_answer
  WHERE person_id = p_guest AND route = v_route AND key = p_key;
  RETURN jsonb_build_object('answer', v_answer);
END $$;

-- The payment of a change has come: makes it, also late where its place is still free. False where
-- it cannot be made any more. The caller holds the calendars of both docks.
CREATE FUNCTION apply_change(p_payment uuid, p_booking booking, p_was jsonb) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_change stay_change;
  v_dock dock;
  v_span int4range;
BEGIN
  SELECT * INTO v_change FROM stay_change WHERE payment_id = p_payment FOR UPDATE;
  SELECT * INTO v_dock FROM dock WHERE id = v_change.dock_id;
  IF v_change.status NOT IN ('held', 'expired')
    OR p_booking.status NOT IN ('confirmed', 'checked_in')
    -- Another change was made meanwhile: this one's price is of a stay that is no more.
    OR p_booking.owed_total_minor + v_change.due_minor
      <> (v_change.quote ->> 'totalMinor')::bigint
    OR p_booking.status = 'checked_in' AND NOT (
      v_dock.id = p_booking.dock_id AND lower(v_change.nights) = lower(p_booking.nights))
  THEN RETURN false; END IF;
  IF NOT EXISTS (SELECT FROM occupancy WHERE change_id = v_change.id) THEN
    -- Its hold ran out: only where it still could be.
    v_span := choose_span_for(p_booking, v_dock,
      coalesce(upper(v_change.span) - lower(v_change.span), 0), v_change.nights);
    IF v_span IS NULL OR v_dock.status <> 'published' THEN RETURN false; END IF;
  ELSE
    v_span := v_change.span;
    DELETE FROM occupancy WHERE change_id = v_change.id;
  END IF;
  UPDATE stay_change SET status = 'done' WHERE id = v_change.id;
  PERFORM apply_stay(p_booking, v_dock, v_change.nights, v_span, v_change.quote,
    v_change.thread_id, p_booking.guest_id, 'guest', p_was);
  RETURN true;
END $$;

-- Changes whose payment did not come in time. Each is ended by expire_change in a transaction of its
-- own, for it may hold two docks.
CREATE FUNCTION changes_due(p_count int) RETURNS SETOF uuid LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT id FROM stay_change WHERE status = 'held' AND deadline <= now()
  ORDER BY deadline LIMIT p_count;
END;

CREATE FUNCTION expire_change(p_change uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_booking booking := lock_booking((SELECT booking_id FROM stay_change WHERE id = p_change));
  v_change stay_change;
BEGIN
  SELECT * INTO v_change FROM stay_change
  WHERE id = p_change AND status = 'held' AND deadline <= clock_timestamp();
  IF v_change.id IS NULL THEN RETURN false; END IF;
  PERFORM end_change(v_change, 'expired');
  UPDATE booking SET version = touch_calendar(dock_id), updated_at = now()
  WHERE id = v_booking.id;
  PERFORM record_booking_event(v_booking.id, 'booking.expire-change', booking_state(v_booking),
    NULL, 'system', jsonb_build_object('changeId', p_change));
  RETURN true;
END $$;
