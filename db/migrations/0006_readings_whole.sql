CREATE TABLE "papers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "papers_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"account_id" bigint NOT NULL,
	"body" jsonb NOT NULL,
	"issued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"issued_to" uuid,
	"sending_key" uuid,
	CONSTRAINT "papers_number_unique" UNIQUE("number"),
	CONSTRAINT "papers_accountId_sendingKey_unique" UNIQUE("account_id","sending_key")
);
--> statement-breakpoint
CREATE TABLE "helper_access" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" bigint NOT NULL,
	"holder_id" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"until" date NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"invited_at" timestamp with time zone DEFAULT now() NOT NULL,
	"invite_ends_at" timestamp with time zone NOT NULL,
	"helper_id" uuid,
	"accepted_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"end_reason" text,
	CONSTRAINT "helper_access_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "house_meters" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "house_meters_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"house" text NOT NULL,
	"serial" text NOT NULL,
	"kind" text NOT NULL,
	"place" text DEFAULT '' NOT NULL,
	"digits_before" smallint NOT NULL,
	"digits_after" smallint NOT NULL,
	"installed_on" date NOT NULL,
	"removed_on" date,
	"verified_until" date,
	CONSTRAINT "house_meters_house_serial_installedOn_unique" UNIQUE("house","serial","installed_on"),
	CONSTRAINT "house_meters_digits" CHECK ("house_meters"."digits_before" between 1 and 9 and "house_meters"."digits_after" between 0 and 7)
);
--> statement-breakpoint
CREATE TABLE "house_readings" (
	"house_meter_id" bigint NOT NULL,
	"period" char(7) NOT NULL,
	"version" integer NOT NULL,
	"value" numeric(19,7) NOT NULL,
	"taken_on" date NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_id" uuid,
	"superseded_at" timestamp with time zone,
	CONSTRAINT "house_readings_house_meter_id_period_version_pk" PRIMARY KEY("house_meter_id","period","version"),
	CONSTRAINT "house_readings_value" CHECK ("house_readings"."value" >= 0)
);
--> statement-breakpoint
CREATE TABLE "night_checks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" bigint NOT NULL,
	"meter_id" bigint NOT NULL,
	"user_id" uuid NOT NULL,
	"evening_at" timestamp with time zone NOT NULL,
	"evening_value" numeric(19,7) NOT NULL,
	"morning_at" timestamp with time zone,
	"morning_value" numeric(19,7)
);
--> statement-breakpoint
CREATE TABLE "reading_corrections" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" bigint NOT NULL,
	"meter_id" bigint NOT NULL,
	"period" char(7) NOT NULL,
	"values" text[] NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"asked_by" uuid NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_by" uuid,
	"outcome" text,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "reading_doubts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" bigint NOT NULL,
	"meter_id" bigint NOT NULL,
	"period" char(7) NOT NULL,
	"register" smallint NOT NULL,
	"kind" text NOT NULL,
	"value" numeric(19,7) NOT NULL,
	"proposed" numeric(19,7),
	"raised_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_by" uuid,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "reading_photos" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" bigint NOT NULL,
	"meter_id" bigint NOT NULL,
	"period" char(7) NOT NULL,
	"bytes" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	"width" smallint NOT NULL,
	"height" smallint NOT NULL,
	"uploaded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"uploaded_by" uuid NOT NULL,
	CONSTRAINT "reading_photos_accountId_meterId_period_sha256_unique" UNIQUE("account_id","meter_id","period","sha256")
);
--> statement-breakpoint
CREATE TABLE "reading_reminders" (
	"account_id" bigint NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"about" text NOT NULL,
	"owed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reading_reminders_account_id_user_id_kind_about_pk" PRIMARY KEY("account_id","user_id","kind","about")
);
--> statement-breakpoint
CREATE TABLE "typical_use" (
	"period" char(7) NOT NULL,
	"kind" text NOT NULL,
	"residents" smallint NOT NULL,
	"flats" integer NOT NULL,
	"average" numeric(19,7) NOT NULL,
	CONSTRAINT "typical_use_period_kind_residents_pk" PRIMARY KEY("period","kind","residents"),
	CONSTRAINT "typical_use_flats" CHECK ("typical_use"."flats" >= 10)
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "house" text GENERATED ALWAYS AS (regexp_replace(address, '[,[:space:]]+([Кк][Вв]|[Кк]вартира|[Кк][Оо][Мм]|[Кк]омната|[Пп]ом|[Пп]омещение)([.[:space:]].*|[0-9].*)?$', '')) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "meters" ADD COLUMN "commissioned_on" date;--> statement-breakpoint
ALTER TABLE "meters" ADD COLUMN "automatic" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "meters" ADD COLUMN "initial1" numeric(19,7);--> statement-breakpoint
ALTER TABLE "meters" ADD COLUMN "initial2" numeric(19,7);--> statement-breakpoint
ALTER TABLE "meters" ADD COLUMN "initial3" numeric(19,7);--> statement-breakpoint
ALTER TABLE "meters" ADD COLUMN "replaces" bigint;--> statement-breakpoint
ALTER TABLE "readings" ADD COLUMN "taken_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "readings" ADD COLUMN "paper_id" uuid;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_issued_to_users_id_fk" FOREIGN KEY ("issued_to") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "helper_access" ADD CONSTRAINT "helper_access_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "helper_access" ADD CONSTRAINT "helper_access_holder_id_users_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "helper_access" ADD CONSTRAINT "helper_access_helper_id_users_id_fk" FOREIGN KEY ("helper_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "house_readings" ADD CONSTRAINT "house_readings_house_meter_id_house_meters_id_fk" FOREIGN KEY ("house_meter_id") REFERENCES "public"."house_meters"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "house_readings" ADD CONSTRAINT "house_readings_actor_id_users_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "night_checks" ADD CONSTRAINT "night_checks_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "night_checks" ADD CONSTRAINT "night_checks_meter_id_meters_id_fk" FOREIGN KEY ("meter_id") REFERENCES "public"."meters"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "night_checks" ADD CONSTRAINT "night_checks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_corrections" ADD CONSTRAINT "reading_corrections_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_corrections" ADD CONSTRAINT "reading_corrections_meter_id_meters_id_fk" FOREIGN KEY ("meter_id") REFERENCES "public"."meters"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_corrections" ADD CONSTRAINT "reading_corrections_asked_by_users_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_corrections" ADD CONSTRAINT "reading_corrections_settled_by_users_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_doubts" ADD CONSTRAINT "reading_doubts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_doubts" ADD CONSTRAINT "reading_doubts_meter_id_meters_id_fk" FOREIGN KEY ("meter_id") REFERENCES "public"."meters"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_doubts" ADD CONSTRAINT "reading_doubts_settled_by_users_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_photos" ADD CONSTRAINT "reading_photos_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_photos" ADD CONSTRAINT "reading_photos_meter_id_meters_id_fk" FOREIGN KEY ("meter_id") REFERENCES "public"."meters"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_photos" ADD CONSTRAINT "reading_photos_uploaded_by_users_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_reminders" ADD CONSTRAINT "reading_reminders_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_reminders" ADD CONSTRAINT "reading_reminders_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "papers_account_id_issued_at_index" ON "papers" USING btree ("account_id","issued_at");--> statement-breakpoint
CREATE UNIQUE INDEX "helper_access_one_active" ON "helper_access" USING btree ("account_id","helper_id") WHERE "helper_access"."ended_at" is null and "helper_access"."helper_id" is not null;--> statement-breakpoint
CREATE INDEX "helper_access_helper_id_index" ON "helper_access" USING btree ("helper_id");--> statement-breakpoint
CREATE INDEX "helper_access_holder_id_index" ON "helper_access" USING btree ("holder_id");--> statement-breakpoint
CREATE UNIQUE INDEX "house_readings_one_in_force" ON "house_readings" USING btree ("house_meter_id","period") WHERE "house_readings"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX "night_checks_account_id_meter_id_evening_at_index" ON "night_checks" USING btree ("account_id","meter_id","evening_at");--> statement-breakpoint
CREATE UNIQUE INDEX "night_checks_one_open" ON "night_checks" USING btree ("account_id","meter_id") WHERE "night_checks"."morning_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "reading_corrections_one_open" ON "reading_corrections" USING btree ("account_id","meter_id","period") WHERE "reading_corrections"."settled_at" is null;--> statement-breakpoint
CREATE INDEX "reading_corrections_open" ON "reading_corrections" USING btree ("asked_at") WHERE "reading_corrections"."settled_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "reading_doubts_one_open" ON "reading_doubts" USING btree ("account_id","meter_id","period","register") WHERE "reading_doubts"."settled_at" is null;--> statement-breakpoint
CREATE INDEX "reading_doubts_open" ON "reading_doubts" USING btree ("raised_at") WHERE "reading_doubts"."settled_at" is null;--> statement-breakpoint
ALTER TABLE "readings" ADD CONSTRAINT "readings_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_house_index" ON "accounts" USING btree ("house");