ALTER TABLE "bill_letters" ADD COLUMN "by_email" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "access_requests" ADD COLUMN "asked_by" uuid;--> statement-breakpoint
ALTER TABLE "access_requests" ADD COLUMN "bill_sum" bigint;--> statement-breakpoint
ALTER TABLE "access_requests" ADD CONSTRAINT "access_requests_asked_by_users_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sessions_created_at_index" ON "sessions" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "access_requests_asked_by_index" ON "access_requests" USING btree ("asked_by");