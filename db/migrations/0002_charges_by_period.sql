-- A partition per period. Attached, not created in place: that would lock readers of the whole table out.
CREATE FUNCTION ensure_charges_partition(wanted char(7)) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  name text := 'charges_' || replace(wanted, '-', '_');
BEGIN
  IF wanted !~ '^[0-9]{4}-(0[1-9]|1[0-2])$' THEN
    RAISE EXCEPTION 'not a period';
  END IF;
  IF to_regclass(quote_ident(name)) IS NOT NULL THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('kabinet charges partition'));
  IF to_regclass(quote_ident(name)) IS NOT NULL THEN
    RETURN;
  END IF;
  EXECUTE format('CREATE TABLE %I (LIKE charges INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
  EXECUTE format('ALTER TABLE charges ATTACH PARTITION %I FOR VALUES IN (%L)', name, wanted);
END $$;
--> statement-breakpoint
CREATE VIEW stated_charges AS
SELECT * FROM (
  SELECT DISTINCT ON (account_id, period, service_id) * FROM charges
  ORDER BY account_id, period, service_id, version DESC
) latest
WHERE NOT void;
--> statement-breakpoint
CREATE FUNCTION refuse_charged_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM charges WHERE account_id = OLD.id) THEN
    RAISE EXCEPTION 'an account with charges stays' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER accounts_with_charges_stay BEFORE DELETE ON "accounts"
  FOR EACH ROW EXECUTE FUNCTION refuse_charged_account();
