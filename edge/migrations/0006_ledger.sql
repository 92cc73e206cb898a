-- The ledger: double entry, immutable. A transfer is one fact; its entries are signed minor units of
-- one currency, a debit above zero, a credit below, and add up to nothing. There is no balance row:
-- balances are sums of entries.
--
-- Accounts, per currency:
--   provider          what lies with the payment provider (an asset: its balance is above zero)
--   disputes          what a bank holds back until a dispute is decided (an asset)
--   guest, a person   above zero: the guest owes; below: is owed
--   host, a person    below zero: earned and not yet paid out; above: the host owes
--   tax, a host       tax taken for a host to declare, paid out together with the earnings
--   deposit, a guest  deposits held
--   platform          the platform's fees, less what the provider takes
--
-- What is owed follows from the booking: ledger_settle(booking) brings it to what the row says now
-- (owed_total_minor shared out as the lines of its quote, owed_deposit_minor, deposit_kept_minor)
-- where money has come in for it. It is told after whatever changes one of these; told again, it
-- changes nothing, so it needs no key. What money did is told by whoever hears it of the provider:
--   ledger_capture(payment, amount, key)     ledger_refund, ledger_refund_failed(payment, amount, key)
--   ledger_payout(booking, amount, key)      ledger_payout_reversal(booking, amount, key)
--   ledger_dispute(payment, amount, key), then ledger_dispute_won or ledger_dispute_lost, the same
--   ledger_provider_fee(payment, amount, key)
-- Capture, refund and a lost dispute settle by themselves; a capture is best told after the booking's
-- move. To ask: ledger_host_due(booking), ledger_guest_balance(booking), ledger_payment_left(payment).
--
-- Amounts are minor units, 0 or more; 0 posts nothing. A key names a fact for good: told again, it
-- changes nothing; told with another amount, it is an error (23505). The tellers answer with the
-- transfer's id, or null where they wrote none. Each locks the booking's row: whoever holds a
-- payment's or a task's already must hold the booking's, or its dock's calendar, too.

CREATE TABLE ledger_account (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (
    kind IN ('provider', 'disputes', 'platform', 'guest', 'host', 'tax', 'deposit')),
  person_id uuid REFERENCES person,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  UNIQUE NULLS NOT DISTINCT (kind, person_id, currency),
  UNIQUE (id, currency),
  CHECK ((kind IN ('guest', 'host', 'tax', 'deposit')) = (person_id IS NOT NULL))
);
CREATE INDEX ledger_account_person ON ledger_account (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE ledger_transfer (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  key text NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN (
    'charge', 'credit', 'deposit-kept',
    'capture', 'refund', 'refund-failed', 'payout', 'payout-reversal',
    'dispute', 'dispute-won', 'dispute-lost', 'provider-fee')),
  currency text NOT NULL,
  booking_id uuid NOT NULL REFERENCES booking,
  payment_id uuid REFERENCES payment,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- A transfer is closed with the transaction that wrote it.
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  UNIQUE (id, currency)
);
CREATE INDEX ledger_transfer_booking ON ledger_transfer (booking_id, at);
CREATE INDEX ledger_transfer_payment ON ledger_transfer (payment_id) WHERE payment_id IS NOT NULL;

CREATE TABLE ledger_entry (
  transfer_id uuid NOT NULL,
  account_id bigint NOT NULL,
  -- The transfer's and the account's, so that no entry mixes two.
  currency text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
  -- The transfer's, for statements.
  at timestamptz NOT NULL,
  PRIMARY KEY (transfer_id, account_id),
  FOREIGN KEY (transfer_id, currency) REFERENCES ledger_transfer (id, currency),
  FOREIGN KEY (account_id, currency) REFERENCES ledger_account (id, currency)
);
CREATE INDEX ledger_entry_statement
  ON ledger_entry (account_id, at, transfer_id) INCLUDE (amount_minor);

-- What was written stays. An empty ledger may be truncated with the rest of an empty database.
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_is_empty boolean := false;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    EXECUTE format('SELECT NOT EXISTS (SELECT FROM %I)', TG_TABLE_NAME) INTO v_is_empty;
    IF v_is_empty THEN RETURN NULL; END IF;
  END IF;
  RAISE EXCEPTION 'Cannot % %: the ledger is never changed', lower(TG_OP), TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER ledger_account_stays BEFORE UPDATE OR DELETE ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_account_kept BEFORE TRUNCATE ON ledger_account
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_transfer_stays BEFORE UPDATE OR DELETE ON ledger_transfer
  FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_transfer_kept BEFORE TRUNCATE ON ledger_transfer
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_entry_stays BEFORE UPDATE OR DELETE ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_entry_kept BEFORE TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();

-- At commit: each transfer adds up to nothing over two entries or more, all written with it; no
-- payment gave back more than came in, and no booking paid out more. A payout beyond what is due by
-- now is a fact all the same: the host owes it.
CREATE FUNCTION check_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := CASE TG_TABLE_NAME
    WHEN 'ledger_transfer' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'transfer_id' END;
  v_transfer ledger_transfer;
  v_count int;
  v_sum numeric;
  v_fault text;
BEGIN
  SELECT * INTO STRICT v_transfer FROM ledger_transfer WHERE id = v_id;
  SELECT count(*), coalesce(sum(amount_minor), 0) INTO v_count, v_sum
  FROM ledger_entry WHERE transfer_id = v_id;
  v_fault := CASE
    WHEN v_count < 2 THEN 'it has fewer than two entries'
    WHEN v_sum <> 0 THEN format('its debits and credits differ by %s', v_sum)
    WHEN v_transfer.xid <> pg_current_xact_id() THEN 'it is closed'
    WHEN TG_TABLE_NAME = 'ledger_entry' THEN NULL
    WHEN v_transfer.kind = 'refund' AND ledger_payment_left(v_transfer.payment_id) < 0
      THEN 'the payment gives back more than came in'
    WHEN v_transfer.kind = 'payout' AND ledger_payable(v_transfer.booking_id) < 0
      THEN 'the booking pays out more than came in'
  END;
  IF v_fault IS NOT NULL THEN
    RAISE EXCEPTION 'Cannot post transfer %: %', v_transfer.key, v_fault
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_balanced';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER ledger_transfer_balanced AFTER INSERT ON ledger_transfer
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_transfer();
CREATE CONSTRAINT TRIGGER ledger_entry_balanced AFTER INSERT ON ledger_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_transfer();

-- An account's id; the account is made where it is asked for first.
CREATE FUNCTION ledger_account_id(p_kind text, p_person uuid, p_currency text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  v_id bigint;
BEGIN
  FOR tries IN 1..2 LOOP
    IF p_person IS NULL THEN
      SELECT id INTO v_id FROM ledger_account
      WHERE kind = p_kind AND person_id IS NULL AND currency = p_currency;
    ELSE
      SELECT id INTO v_id FROM ledger_account
      WHERE kind = p_kind AND person_id = p_person AND currency = p_currency;
    END IF;
    EXIT WHEN v_id IS NOT NULL;
    INSERT INTO ledger_account (kind, person_id, currency) VALUES (p_kind, p_person, p_currency)
    ON CONFLICT DO NOTHING;
  END LOOP;
  RETURN v_id;
END $$;

-- Writes a transfer. p_entries: [{account, person?, amount}]; several of one account are added up,
-- nothing is written where all come to 0.
CREATE FUNCTION post_transfer(
  p_key text, p_kind text, p_booking uuid, p_payment uuid, p_currency text, p_entries jsonb
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid;
  v_at timestamptz;
  v_entry record;
BEGIN
  FOR v_entry IN
    SELECT account, person, sum(amount)::bigint AS amount
    FROM jsonb_to_recordset(p_entries) AS e (account text, person uuid, amount bigint)
    GROUP BY account, person HAVING sum(amount) <> 0
    -- One order for all, or two that make the same new accounts could wait for each other.
    ORDER BY account, person
  LOOP
    IF v_id IS NULL THEN
      INSERT INTO ledger_transfer (key, kind, currency, booking_id, payment_id)
      VALUES (p_key, p_kind, p_currency, p_booking, p_payment)
      ON CONFLICT (key) DO NOTHING RETURNING id, at INTO v_id, v_at;
      IF v_id IS NULL THEN
        PERFORM check_same_transfer(p_key, p_kind, p_booking, p_payment, p_currency, p_entries);
        RETURN NULL;
      END IF;
    END IF;
    INSERT INTO ledger_entry (transfer_id, account_id, currency, amount_minor, at)
    VALUES (v_id, ledger_account_id(v_entry.account, v_entry.person, p_currency), p_currency,
      v_entry.amount, v_at);
  END LOOP;
  RETURN v_id;
END $$;

-- Whether a key has been told already; it is an error where that told something else.
CREATE FUNCTION is_posted(
  p_key text, p_kind text, p_booking uuid, p_payment uuid, p_amount bigint
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_told ledger_transfer;
BEGIN
  SELECT * INTO v_told FROM ledger_transfer WHERE key = p_key;
  IF v_told.id IS NULL THEN RETURN false; END IF;
  IF v_told.kind = p_kind AND v_told.booking_id = p_booking
    AND v_told.payment_id IS NOT DISTINCT FROM p_payment
    AND p_amount = (
      SELECT sum(amount_minor) FROM ledger_entry
      WHERE transfer_id = v_told.id AND amount_minor > 0)
  THEN RETURN true; END IF;
  RAISE EXCEPTION 'Cannot post transfer %: the key names another one', p_key
    USING ERRCODE = 'unique_violation', CONSTRAINT = 'ledger_transfer_key_key';
END $$;
