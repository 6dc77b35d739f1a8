CREATE TABLE "demo_bank_payments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"idempotence_key" text NOT NULL,
	"order" text NOT NULL,
	"amount" bigint NOT NULL,
	"description" text NOT NULL,
	"method" text NOT NULL,
	"return_url" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"captured_at" timestamp with time zone,
	CONSTRAINT "demo_bank_payments_idempotenceKey_unique" UNIQUE("idempotence_key")
);
--> statement-breakpoint
CREATE TABLE "demo_bank_refunds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"idempotence_key" text NOT NULL,
	"payment_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"description" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "demo_bank_refunds_idempotenceKey_unique" UNIQUE("idempotence_key")
);
--> statement-breakpoint
CREATE TABLE "online_payment_events" (
	"payment_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "online_payment_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text NOT NULL,
	"source" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "online_payment_events_payment_id_id_pk" PRIMARY KEY("payment_id","id")
);
--> statement-breakpoint
CREATE TABLE "online_payment_parts" (
	"payment_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"account_id" bigint NOT NULL,
	"amount" bigint NOT NULL,
	"period" char(7),
	CONSTRAINT "online_payment_parts_payment_id_position_pk" PRIMARY KEY("payment_id","position"),
	CONSTRAINT "online_payment_parts_amount" CHECK ("online_payment_parts"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "online_payments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "online_payments_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"submission_key" text NOT NULL,
	"user_id" uuid,
	"email" text,
	"amount" bigint NOT NULL,
	"currency" text DEFAULT 'RUB' NOT NULL,
	"method" text NOT NULL,
	"state" text DEFAULT 'created' NOT NULL,
	"provider" text NOT NULL,
	"idempotence_key" uuid DEFAULT gen_random_uuid() NOT NULL,
	"provider_payment_id" text,
	"confirmation_url" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"asked_at" timestamp with time zone,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"next_ask_at" timestamp with time zone,
	"succeeded_at" timestamp with time zone,
	"canceled_at" timestamp with time zone,
	"cancel_reason" text,
	"quarantined_at" timestamp with time zone,
	"quarantine_reason" text,
	CONSTRAINT "online_payments_number_unique" UNIQUE("number"),
	CONSTRAINT "online_payments_submissionKey_unique" UNIQUE("submission_key"),
	CONSTRAINT "online_payments_idempotenceKey_unique" UNIQUE("idempotence_key"),
	CONSTRAINT "online_payments_provider_providerPaymentId_unique" UNIQUE("provider","provider_payment_id"),
	CONSTRAINT "online_payments_amount" CHECK ("online_payments"."amount" > 0 and "online_payments"."currency" = 'RUB'),
	CONSTRAINT "online_payments_state" CHECK (case "online_payments"."state"
        when 'created' then num_nonnulls("online_payments"."provider_payment_id", "online_payments"."succeeded_at", "online_payments"."canceled_at") = 0 and "online_payments"."next_ask_at" is not null
        when 'pending' then num_nonnulls("online_payments"."succeeded_at", "online_payments"."canceled_at") = 0 and num_nulls("online_payments"."provider_payment_id", "online_payments"."next_ask_at") = 0
        when 'waiting_for_capture' then num_nonnulls("online_payments"."succeeded_at", "online_payments"."canceled_at") = 0 and num_nulls("online_payments"."provider_payment_id", "online_payments"."next_ask_at") = 0
        when 'succeeded' then num_nonnulls("online_payments"."canceled_at", "online_payments"."next_ask_at") = 0 and num_nulls("online_payments"."provider_payment_id", "online_payments"."succeeded_at") = 0
        when 'canceled' then num_nonnulls("online_payments"."succeeded_at", "online_payments"."next_ask_at") = 0 and num_nulls("online_payments"."canceled_at", "online_payments"."cancel_reason") = 0
        when 'quarantined' then num_nonnulls("online_payments"."succeeded_at", "online_payments"."canceled_at", "online_payments"."next_ask_at") = 0 and num_nulls("online_payments"."provider_payment_id", "online_payments"."quarantined_at", "online_payments"."quarantine_reason") = 0
        else false end)
);
--> statement-breakpoint
CREATE TABLE "online_refunds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "online_refunds_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"submission_key" text NOT NULL,
	"payment_id" uuid NOT NULL,
	"position" smallint,
	"amount" bigint NOT NULL,
	"reason" text NOT NULL,
	"asked_by" uuid,
	"state" text DEFAULT 'created' NOT NULL,
	"idempotence_key" uuid DEFAULT gen_random_uuid() NOT NULL,
	"provider_refund_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"asked_at" timestamp with time zone,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"next_ask_at" timestamp with time zone,
	"succeeded_at" timestamp with time zone,
	"canceled_at" timestamp with time zone,
	"cancel_reason" text,
	CONSTRAINT "online_refunds_number_unique" UNIQUE("number"),
	CONSTRAINT "online_refunds_submissionKey_unique" UNIQUE("submission_key"),
	CONSTRAINT "online_refunds_idempotenceKey_unique" UNIQUE("idempotence_key"),
	CONSTRAINT "online_refunds_providerRefundId_unique" UNIQUE("provider_refund_id"),
	CONSTRAINT "online_refunds_amount" CHECK ("online_refunds"."amount" > 0),
	CONSTRAINT "online_refunds_state" CHECK (case "online_refunds"."state"
        when 'created' then num_nonnulls("online_refunds"."provider_refund_id", "online_refunds"."succeeded_at", "online_refunds"."canceled_at") = 0 and "online_refunds"."next_ask_at" is not null
        when 'pending' then num_nonnulls("online_refunds"."succeeded_at", "online_refunds"."canceled_at") = 0 and num_nulls("online_refunds"."provider_refund_id", "online_refunds"."next_ask_at") = 0
        when 'succeeded' then num_nonnulls("online_refunds"."canceled_at", "online_refunds"."next_ask_at") = 0 and num_nulls("online_refunds"."provider_refund_id", "online_refunds"."succeeded_at") = 0
        when 'canceled' then num_nonnulls("online_refunds"."succeeded_at", "online_refunds"."next_ask_at") = 0 and num_nulls("online_refunds"."canceled_at", "online_refunds"."cancel_reason") = 0
        else false end)
);
--> statement-breakpoint
CREATE TABLE "payment_notifications" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"provider" text NOT NULL,
	"body_hash" text NOT NULL,
	"body" text NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"processed_at" timestamp with time zone,
	"outcome" text,
	CONSTRAINT "payment_notifications_provider_bodyHash_unique" UNIQUE("provider","body_hash")
);
--> statement-breakpoint
CREATE TABLE "payment_reconciliations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "payment_reconciliations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"provider" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"ran_at" timestamp with time zone DEFAULT now() NOT NULL,
	"theirs" bigint NOT NULL,
	"ours" bigint NOT NULL,
	"learned" smallint NOT NULL,
	"differences" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "payments" DROP CONSTRAINT "payments_amount";--> statement-breakpoint
DROP INDEX "ledger_entries_one_per_payment";--> statement-breakpoint
ALTER TABLE "demo_bank_refunds" ADD CONSTRAINT "demo_bank_refunds_payment_id_demo_bank_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."demo_bank_payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "online_payment_events" ADD CONSTRAINT "online_payment_events_payment_id_online_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."online_payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "online_payment_parts" ADD CONSTRAINT "online_payment_parts_payment_id_online_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."online_payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "online_payment_parts" ADD CONSTRAINT "online_payment_parts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "online_payments" ADD CONSTRAINT "online_payments_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "online_refunds" ADD CONSTRAINT "online_refunds_asked_by_users_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "online_refunds" ADD CONSTRAINT "online_refunds_payment_id_online_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."online_payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "online_refunds" ADD CONSTRAINT "online_refunds_part" FOREIGN KEY ("payment_id","position") REFERENCES "public"."online_payment_parts"("payment_id","position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "online_payment_parts_account_id_index" ON "online_payment_parts" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "online_payments_user_id_number_index" ON "online_payments" USING btree ("user_id","number");--> statement-breakpoint
CREATE INDEX "online_payments_created_at_index" ON "online_payments" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "online_payments_state_index" ON "online_payments" USING btree ("state") WHERE "online_payments"."state" in ('created', 'pending', 'waiting_for_capture', 'quarantined');--> statement-breakpoint
CREATE INDEX "online_refunds_payment_id_index" ON "online_refunds" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "payment_notifications_received_at_index" ON "payment_notifications" USING btree ("received_at") WHERE "payment_notifications"."processed_at" is null;--> statement-breakpoint
CREATE INDEX "payment_reconciliations_ran_at_index" ON "payment_reconciliations" USING btree ("ran_at");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_one_per_payment" ON "ledger_entries" USING btree ("payment_id") WHERE "ledger_entries"."kind" in ('payment', 'refund');--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_amount" CHECK ("payments"."amount" > 0 or ("payments"."amount" < 0 and "payments"."source" = 'cabinet'));--> statement-breakpoint
CREATE FUNCTION keep_online_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.id, OLD.number, OLD.submission_key, OLD.amount, OLD.currency, OLD.method, OLD.provider, OLD.idempotence_key, OLD.created_at)
      IS DISTINCT FROM (NEW.id, NEW.number, NEW.submission_key, NEW.amount, NEW.currency, NEW.method, NEW.provider, NEW.idempotence_key, NEW.created_at)
    OR OLD.user_id IS DISTINCT FROM NEW.user_id
    OR OLD.email IS DISTINCT FROM NEW.email
    OR (OLD.provider_payment_id IS NOT NULL AND OLD.provider_payment_id IS DISTINCT FROM NEW.provider_payment_id)
  THEN
    RAISE EXCEPTION 'what was asked of a payment does not change' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.state <> NEW.state AND NOT (CASE OLD.state
    WHEN 'created' THEN NEW.state IN ('pending', 'waiting_for_capture', 'succeeded', 'canceled', 'quarantined')
    WHEN 'pending' THEN NEW.state IN ('waiting_for_capture', 'succeeded', 'canceled', 'quarantined')
    WHEN 'waiting_for_capture' THEN NEW.state IN ('succeeded', 'canceled', 'quarantined')
    WHEN 'canceled' THEN NEW.state = 'quarantined'
    WHEN 'quarantined' THEN NEW.state IN ('succeeded', 'canceled')
    ELSE false END)
  THEN
    RAISE EXCEPTION 'a payment does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER online_payments_keep BEFORE UPDATE ON "online_payments"
  FOR EACH ROW EXECUTE FUNCTION keep_online_payment();
--> statement-breakpoint
CREATE TRIGGER online_payments_no_delete BEFORE DELETE ON "online_payments"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION keep_online_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.id, OLD.number, OLD.submission_key, OLD.payment_id, OLD.amount, OLD.idempotence_key, OLD.created_at)
      IS DISTINCT FROM (NEW.id, NEW.number, NEW.submission_key, NEW.payment_id, NEW.amount, NEW.idempotence_key, NEW.created_at)
    OR OLD.position IS DISTINCT FROM NEW.position
    OR (OLD.provider_refund_id IS NOT NULL AND OLD.provider_refund_id IS DISTINCT FROM NEW.provider_refund_id)
    OR (OLD.state <> NEW.state AND NOT (CASE OLD.state
      WHEN 'created' THEN NEW.state IN ('pending', 'succeeded', 'canceled')
      WHEN 'pending' THEN NEW.state IN ('succeeded', 'canceled')
      ELSE false END))
  THEN
    RAISE EXCEPTION 'what was asked of a refund does not change' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER online_refunds_keep BEFORE UPDATE ON "online_refunds"
  FOR EACH ROW EXECUTE FUNCTION keep_online_refund();
--> statement-breakpoint
CREATE TRIGGER online_refunds_no_delete BEFORE DELETE ON "online_refunds"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER online_payment_parts_append_only BEFORE UPDATE OR DELETE ON "online_payment_parts"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER online_payment_events_append_only BEFORE UPDATE OR DELETE ON "online_payment_events"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER online_payment_events_no_truncate BEFORE TRUNCATE ON "online_payment_events"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION parts_add_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  payment uuid := CASE TG_TABLE_NAME WHEN 'online_payments' THEN (to_jsonb(NEW)->>'id')::uuid ELSE (to_jsonb(NEW)->>'payment_id')::uuid END;
BEGIN
  IF (SELECT amount FROM online_payments WHERE id = payment)
      IS DISTINCT FROM (SELECT sum(amount)::bigint FROM online_payment_parts WHERE payment_id = payment)
  THEN
    RAISE EXCEPTION 'the parts of a payment are not its amount' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER online_payments_add_up AFTER INSERT ON "online_payments"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION parts_add_up();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER online_payment_parts_add_up AFTER INSERT ON "online_payment_parts"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION parts_add_up();
