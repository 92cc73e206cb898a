-- Booking and its moves, with the money that follows from them.

DROP FUNCTION move_booking(uuid, uuid, text, text, text[], text, bigint);
DROP FUNCTION stay_fault(dock, daterange, timestamptz);

CREATE FUNCTION span_cm(p_span int4range) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN upper_inf(p_span) THEN NULL
  ELSE jsonb_build_array(lower(p_span), upper(p_span)) END;

-- A booking's payments as a reader sees them: the newest, and what came and went back with all.
CREATE FUNCTION payment_state(p_booking uuid) RETURNS jsonb LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT jsonb_build_object(
    'id', id, 'purpose', purpose,
    -- Nobody sees whether the provider has been asked yet.
    'status', CASE status WHEN 'new' THEN 'open' ELSE status END,
    'currency', currency, 'amountMinor', amount_minor,
    'capturedMinor', sum(captured_minor) OVER (), 'refundedMinor', sum(refunded_minor) OVER ())
  FROM payment WHERE booking_id = p_booking
  ORDER BY created_at DESC, id DESC LIMIT 1;
END;

-- What a move may change of a booking: the before and the after of an event.
CREATE FUNCTION booking_state(b booking) RETURNS jsonb LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT jsonb_build_object(
    'version', b.version, 'status', b.status, 'dockId', b.dock_id,
    'from', lower(b.nights), 'to', upper(b.nights), 'spanCm', span_cm(b.span),
    'totalMinor', b.quote -> 'totalMinor', 'currency', b.quote -> 'currency',
    'owedMinor', b.owed_total_minor + b.owed_deposit_minor,
    'deadline', iso_instant(b.deadline),
    'payment', CASE b.collection WHEN 'online' THEN payment_state(b.id) END);
END;

-- A booking as shared/booking.ts says it, without the reader's role.
CREATE OR REPLACE FUNCTION booking_record(p_booking uuid) RETURNS jsonb LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT jsonb_build_object(
    'id', b.id, 'version', b.version, 'status', b.status, 'dockId', b.dock_id,
    'dock', jsonb_build_object(
      'name', d.name, 'kind', d.kind,
      'lat', CASE WHEN b.status IN ('confirmed', 'checked_in', 'completed') THEN d.lat ELSE d.public_lat END,
      'lon', CASE WHEN b.status IN ('confirmed', 'checked_in', 'completed') THEN d.lon ELSE d.public_lon END,
      'harbourName', h.name, 'timeZone', d.time_zone, 'vhfChannel', h.vhf_channel),
    'from', lower(b.nights), 'to', upper(b.nights),
    'checkInAt', iso_instant(b.check_in_at),
    'holdUntilAt', iso_instant(b.hold_until_at),
    'checkOutAt', iso_instant(b.check_out_at),
    'currency', b.quote -> 'currency',
    'totalMinor', b.quote -> 'totalMinor',
    'depositMinor', b.quote -> 'depositMinor',
    'lines', b.quote -> 'lines',
    'collection', b.collection,
    'cancellationPolicy', b.cancellation_policy,
    'cancellationTiers', b.cancellation_tiers,
    'policyFrom', iso_instant(b.policy_from),
    'owedMinor', b.owed_total_minor + b.owed_deposit_minor,
    'payment', CASE b.collection WHEN 'online' THEN payment_state(b.id) END,
    'depositKept', CASE WHEN b.deposit_kept_minor IS NOT NULL THEN jsonb_build_object(
      'keptMinor', b.deposit_kept_minor, 'reason', b.deposit_reason) END,
    'change', CASE b.collection WHEN 'online' THEN (
      SELECT jsonb_build_object(
        'id', c.id, 'dockId', c.dock_id, 'from', lower(c.nights), 'to', upper(c.nights),
        'totalMinor', c.quote -> 'totalMinor', 'dueMinor', c.due_minor,
        'paymentId', c.payment_id, 'deadline', iso_instant(c.deadline))
      FROM stay_change c WHERE c.booking_id = b.id AND c.status = 'held') END,
    'firstRefusalUntil', iso_instant(b.refusal_until),
    'boat', b.vessel,
    'spanCm', span_cm(b.span),
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

DROP FUNCTION record_booking_event(uuid, bigint, text, text, uuid, text);

-- Writes what happened to a booking into the event log: who, what, before and after, amounts, for
-- whoever reads it later. The booking's row is already as it is after it.
CREATE FUNCTION record_booking_event(
  p_booking uuid, p_kind text, p_before jsonb, p_actor uuid, p_role text, p_amounts jsonb
) RETURNS void LANGUAGE sql
BEGIN ATOMIC
  INSERT INTO event (dock_id, version, kind, cell, booking_id, body)
  SELECT b.dock_id, b.version, p_kind, d.cell, b.id, jsonb_build_object(
    'move', split_part(p_kind, '.', 2),
    'actorId', p_actor,
    'actorRole', p_role,
    'before', p_before,
    'after', booking_state(b),
    'amounts', p_amounts,
    'guestId', b.guest_id,
    'hostId', b.host_id,
    'threadId', b.thread_id)
  FROM booking b JOIN dock d ON d.id = b.dock_id
  WHERE b.id = p_booking;
END;

-- A change of a dock's nights that is no booking's own: for caches alone.
CREATE FUNCTION record_nights_event(p_dock bigint, p_kind text, p_body jsonb) RETURNS void
LANGUAGE sql
BEGIN ATOMIC
  INSERT INTO event (dock_id, version, kind, cell, body, relayed_at)
  SELECT id, touch_calendar(id), p_kind, cell, p_body, now() FROM dock WHERE id = p_dock;
END;

-- The percent of the total that goes back where a stay is given up at an instant.
CREATE FUNCTION policy_percent(p_tiers jsonb, p_check_in timestamptz, p_at timestamptz) RETURNS int
LANGUAGE sql IMMUTABLE
RETURN coalesce((
  SELECT (tier ->> 'percent')::int
  FROM jsonb_array_elements(p_tiers) WITH ORDINALITY AS t (tier, rank)
  WHERE p_at <= p_check_in - make_interval(hours => (tier ->> 'hours')::int)
  ORDER BY rank LIMIT 1), 0);

-- Sends back whatever was captured for a booking beyond what its guest owes, the newest payment
-- first; tasks that failed count, for a person looks at those. What a bank took by a lost dispute is
-- gone, and no longer owed: the deposit bears it first, as in ledger_settle. Answers how much. The
-- caller holds the calendar and the booking.
CREATE FUNCTION settle_booking(p_booking booking, p_reason text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  v_stay bigint;
  v_deposit bigint;
  v_stay_left bigint;
  v_deposit_left bigint;
  v_sent bigint := 0;
  v_payment record;
BEGIN
  FOR v_payment IN
    SELECT p.id, p.captured_minor - p.deposit_minor - sent.stay - bank.stay AS stay,
      p.deposit_minor - sent.deposit - bank.deposit AS deposit,
      sum(p.captured_minor - p.deposit_minor - sent.stay - bank.stay) OVER ()
        - greatest(0, p_booking.owed_total_minor - greatest(0,
          sum(lost.amount) OVER () - p_booking.owed_deposit_minor)) AS stay_left,
      sum(p.deposit_minor - sent.deposit - bank.deposit) OVER ()
        - greatest(0, p_booking.owed_deposit_minor - sum(lost.amount) OVER ()) AS deposit_left
    FROM payment p
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(t.amount_minor - t.deposit_minor), 0)::bigint AS stay,
        coalesce(sum(t.deposit_minor), 0)::bigint AS deposit
      FROM payment_task t WHERE t.payment_id = p.id AND t.kind = 'refund') AS sent
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(d.amount_minor), 0)::bigint AS amount
      FROM dispute d WHERE d.payment_id = p.id AND d.state = 'lost') AS lost
    CROSS JOIN LATERAL (
      SELECT least(lost.amount, p.deposit_minor - sent.deposit) AS deposit,
        lost.amount - least(lost.amount, p.deposit_minor - sent.deposit) AS stay) AS bank
    WHERE p.booking_id = p_booking.id AND p.status = 'captured'
    ORDER BY p.created_at DESC, p.id DESC
  LOOP
    v_stay_left := coalesce(v_stay_left, v_payment.stay_left);
    v_deposit_left := coalesce(v_deposit_left, v_payment.deposit_left);
    v_stay := greatest(least(v_payment.stay, v_stay_left), 0);
    v_deposit := greatest(least(v_payment.deposit, v_deposit_left), 0);
    CONTINUE WHEN v_stay + v_deposit = 0;
    INSERT INTO payment_task (payment_id, booking_id, kind, amount_minor, deposit_minor, reason)
    VALUES (v_payment.id, p_booking.id, 'refund', v_stay + v_deposit, v_deposit, p_reason);
    v_stay_left := v_stay_left - v_stay;
    v_deposit_left := v_deposit_left - v_deposit;
    v_sent := v_sent + v_stay + v_deposit;
  END LOOP;
  RETURN v_sent;
END $$;

-- Lets go of a payment that nobody wants any more, as far as it was not captured: its intent ends.
CREATE FUNCTION release_payment(p_payment uuid, p_reason text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_payment payment;
BEGIN
  SELECT * INTO v_payment FROM payment WHERE id = p_payment FOR NO KEY UPDATE;
  IF v_payment.status IN ('captured', 'cancelled') THEN RETURN; END IF;
  -- A capture that is under way may win; what it brings is sent back then.
  UPDATE payment_task SET state = 'done', done_at = now(), result = '{"skipped": true}'
  WHERE payment_id = p_payment AND kind = 'capture' AND state = 'due'
    AND (lease_until IS NULL OR lease_until < clock_timestamp());
  IF v_payment.intent_id IS NULL THEN
    -- Whoever is making the intent just now is told by payment_opened to end it.
    UPDATE payment SET status = 'cancelled', updated_at = now() WHERE id = p_payment;
  ELSE
    INSERT INTO payment_task (payment_id, booking_id, kind, reason)
    SELECT p_payment, v_payment.booking_id, 'cancel', p_reason
    WHERE NOT EXISTS (
      SELECT FROM payment_task WHERE payment_id = p_payment AND kind = 'cancel' AND state = 'due');
  END IF;
END $$;

-- Ends a change that waits for its payment; the caller holds the calendars of both docks.
CREATE FUNCTION end_change(p_change stay_change, p_status text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE stay_change SET status = p_status WHERE id = p_change.id;
  DELETE FROM occupancy WHERE change_id = p_change.id;
  PERFORM lay_closures(p_change.dock_id);
  PERFORM record_nights_event(p_change.dock_id, 'nights.released', '{}');
  -- First refusal that the change stood on goes on as far as its time lasts.
  INSERT INTO occupancy (dock_id, span, nights, source, refusal_for, expires_at)
  SELECT dock_id, span, daterange(upper(nights), upper(nights) + 1), 'refusal', id, refusal_until
  FROM booking
  WHERE id = p_change.booking_id AND refusal_until > clock_timestamp() AND NOT EXISTS (
    SELECT FROM occupancy WHERE refusal_for = p_change.booking_id)
  ON CONFLICT DO NOTHING;
  PERFORM release_payment(p_change.payment_id, 'change-' || p_status);
END $$;

-- Makes a move that the table allows; the caller holds the calendar and knows that it may be made.
-- p_was: the state before, where the caller has changed something of it already.
CREATE FUNCTION make_move(
  p_before booking, p_rule booking_move, p_actor uuid, p_reason text, p_was jsonb DEFAULT NULL
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_before jsonb := coalesce(p_was, booking_state(p_before));
  v_after booking := p_before;
  v_change stay_change;
  v_is_kept boolean := p_rule.to_status IN ('confirmed', 'checked_in');
  v_credit bigint := 0;
  v_sent bigint := 0;
  v_amounts jsonb;
BEGIN
  IF p_rule.refund <> 'none' THEN
    v_after.owed_total_minor := CASE p_rule.refund WHEN 'all' THEN 0
      ELSE p_before.owed_total_minor - round(p_before.owed_total_minor / 100.0 * policy_percent(
        p_before.cancellation_tiers, p_before.policy_from, clock_timestamp())) END;
    v_after.owed_deposit_minor := 0;
  ELSIF p_rule.move = 'revive' THEN
    v_after.owed_total_minor := (p_before.quote ->> 'totalMinor')::bigint;
    v_after.owed_deposit_minor := (p_before.quote ->> 'depositMinor')::bigint;
  END IF;
  UPDATE booking SET status = p_rule.to_status, version = touch_calendar(dock_id), deadline = NULL,
    owed_total_minor = v_after.owed_total_minor, owed_deposit_minor = v_after.owed_deposit_minor,
    refusal_until = CASE WHEN v_is_kept THEN refusal_until END, updated_at = now()
  WHERE id = p_before.id RETURNING * INTO v_after;

  IF NOT v_is_kept THEN
    DELETE FROM occupancy WHERE booking_id = p_before.id OR refusal_for = p_before.id;
    PERFORM lay_closures(p_before.dock_id);
    SELECT * INTO v_change FROM stay_change WHERE booking_id = p_before.id AND status = 'held';
    IF v_change.id IS NOT NULL THEN PERFORM end_change(v_change, 'cancelled'); END IF;
  END IF;

  IF p_before.collection = 'online' THEN
    IF p_rule.from_status = 'confirmed' THEN
      v_credit := p_before.owed_total_minor - v_after.owed_total_minor;
    END IF;
    IF p_rule.refund <> 'none' AND v_after.owed_total_minor = 0 THEN
      PERFORM release_payment(id, p_reason) FROM payment WHERE booking_id = p_before.id;
    END IF;
    IF p_rule.refund <> 'none' OR p_rule.move = 'revive' THEN
      v_sent := settle_booking(v_after, p_reason);
      PERFORM ledger_settle(p_before.id);
    END IF;
    v_amounts := jsonb_build_object(
      'creditMinor', v_credit, 'keptMinor', v_after.owed_total_minor,
      'refundMinor', v_sent, 'currency', v_after.quote -> 'currency');
  END IF;
  PERFORM record_booking_event(
    p_before.id, 'booking.' || p_rule.move, v_before, p_actor, p_rule.role, v_amounts);
END $$;

-- Ends what of a dock's nights has run out; the caller holds the calendar row. A constraint's
-- predicate cannot ask the clock, so this runs before every insert.
CREATE OR REPLACE FUNCTION expire_due(p_dock bigint) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  v_due booking;
  v_rule booking_move;
  v_count int := 0;
BEGIN
  DELETE FROM occupancy WHERE dock_id = p_dock AND expires_at <= clock_timestamp();
  IF FOUND THEN
    PERFORM lay_closures(p_dock);
    PERFORM record_nights_event(p_dock, 'nights.released', '{}');
    v_count := 1;
  END IF;
  FOR v_due IN
    SELECT * FROM booking
    WHERE dock_id = p_dock AND deadline <= clock_timestamp()
    ORDER BY deadline, id
  LOOP
    SELECT * INTO STRICT v_rule FROM booking_move
    WHERE move = 'expire' AND from_status = v_due.status AND role = 'system';
    PERFORM make_move(v_due, v_rule, NULL, 'expired');
    v_count := v_count + 1;
  END LOOP;
  RETURN v_count;
END $$;

-- The sweeper's share: docks with something overdue, in id order, so that many sweepers at once
-- never wait in a ring.
CREATE OR REPLACE FUNCTION expire_overdue(p_docks int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  v_dock bigint;
  v_count int := 0;
BEGIN
  FOR v_dock IN
    SELECT DISTINCT dock_id FROM (
      (SELECT dock_id FROM booking WHERE deadline <= now() ORDER BY deadline LIMIT p_docks)
      UNION ALL
      (SELECT dock_id FROM occupancy WHERE expires_at <= now() LIMIT p_docks)) AS due
    ORDER BY dock_id
  LOOP
    PERFORM touch_calendar(v_dock);
    v_count := v_count + expire_due(v_dock);
  END LOOP;
  RETURN v_count;
END $$;

-- Locks a booking: the calendars of its dock, of the dock that it is about to move to and of one
-- more, in id order, then its row. Null where there is none.
CREATE FUNCTION lock_booking(p_booking uuid, p_dock bigint DEFAULT NULL) RETURNS booking
LANGUAGE plpgsql AS $$
DECLARE
  v_docks bigint[] := booking_docks(p_booking) || p_dock;
  v_dock bigint;
  v_booking booking;
BEGIN
  FOR v_dock IN SELECT DISTINCT d FROM unnest(v_docks) AS d WHERE d IS NOT NULL ORDER BY d LOOP
    PERFORM touch_calendar(v_dock);
  END LOOP;
  FOR v_dock IN SELECT DISTINCT d FROM unnest(v_docks) AS d WHERE d IS NOT NULL ORDER BY d LOOP
    PERFORM expire_due(v_dock);
  END LOOP;
  SELECT * INTO v_booking FROM booking WHERE id = p_booking FOR NO KEY UPDATE;
  -- It moved while this waited: only a new beginning can lock in order.
  IF NOT booking_docks(p_booking) <@ v_docks THEN
    RAISE EXCEPTION 'booking % has moved', p_booking USING ERRCODE = 'serialization_failure';
  END IF;
  RETURN v_booking;
END $$;

CREATE FUNCTION booking_docks(p_booking uuid) RETURNS bigint[] LANGUAGE sql VOLATILE
BEGIN ATOMIC
  SELECT coalesce(array_agg(dock_id), '{}') FROM (
    SELECT dock_id FROM booking WHERE id = p_booking
    UNION ALL
    SELECT dock_id FROM stay_change WHERE booking_id = p_booking AND status = 'held') AS own;
END;

-- Makes a move of booking_move by compare-and-set. p_version null: whatever version it has. Answers
-- {answer} or {refused, reason?, current}.
CREATE FUNCTION move_booking(
  p_booking uuid, p_actor uuid, p_role text, p_move text, p_version bigint
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_before booking := lock_booking(p_booking);
  v_rule booking_move;
  v_refused text;
  v_reason text;
BEGIN
  IF v_before.id IS NULL THEN RETURN jsonb_build_object('refused', 'not-found'); END IF;
  SELECT * INTO v_rule FROM booking_move
  WHERE move = p_move AND from_status = v_before.status AND role = p_role;

  IF v_before.version <> p_version THEN v_refused := 'stale';
  ELSIF v_rule.move IS NULL THEN v_refused := 'move-not-allowed';
  -- From the arrival day on: an early boat may be let in, but not on another day.
  ELSIF p_move = 'check-in' AND clock_timestamp() < v_before.check_in_at - interval '12 hours' THEN
    v_refused := 'move-not-allowed';
    v_reason := 'too-early';
  ELSIF p_move = 'no-show'
    AND clock_timestamp() < greatest(v_before.hold_until_at, v_before.check_in_at) THEN
    v_refused := 'move-not-allowed';
    v_reason := 'held-until';
  ELSIF p_move = 'accept' AND v_before.owed_total_minor + v_before.owed_deposit_minor > 0
    AND NOT EXISTS (
      SELECT FROM payment WHERE booking_id = p_booking AND status IN ('authorised', 'captured'))
  THEN v_refused := 'payment-required';
  END IF;
  IF v_refused IS NOT NULL THEN
    RETURN jsonb_build_object(
      'refused', v_refused, 'reason', v_reason, 'current', booking_record(p_booking));
  END IF;

  PERFORM make_move(v_before, v_rule, p_actor, p_move || '-by-' || p_role);
  IF p_move = 'accept' THEN
    INSERT INTO payment_task (payment_id, booking_id, kind, amount_minor, deposit_minor, reason)
    SELECT id, booking_id, 'capture', amount_minor, deposit_minor, 'accepted'
    FROM payment WHERE booking_id = p_booking AND status = 'authorised';
  ELSIF p_move = 'check-in' THEN
    PERFORM grant_first_refusal(b, d.first_refusal_until, p_actor, p_role)
    FROM booking b JOIN dock d ON d.id = b.dock_id
    WHERE b.id = p_booking AND d.first_refusal_until IS NOT NULL;
  END IF;
  RETURN jsonb_build_object('answer', booking_record(p_booking));
END $$;
