-- What must hold in every database of the service, each as a query that returns no rows while it does. Run by
-- `npm run check:invariants`; numbers 1–10 are those of the quality rules. Not here, because no table could answer: 3 (what
-- was acknowledged is known to who was told), 9 (the journal has no chain yet).

-- 1. A payment has one credit of its amount while billing's figures are older than it, and none otherwise
with latest as (
  select c.account_id, max(c.period) as period from stated_charges c
  where c.account_id in (select account_id from payments) group by 1
), known as (
  select l.account_id,
    max(least(i.loaded_at, coalesce(i.as_of, ((l.period || '-01')::date + interval '1 month') at time zone 'Europe/Moscow'))) as as_of
  from latest l
  join stated_charges c on c.account_id = l.account_id and c.period = l.period
  left join imports i on i.id = c.import_id
  group by 1
)
select p.id as payment, p.amount, coalesce(sum(e.amount), 0) as entered
from payments p
left join known k on k.account_id = p.account_id
left join ledger_entries e on e.payment_id = p.id and e.account_id = p.account_id
group by p.id, p.amount, p.paid_at, k.as_of
having coalesce(sum(e.amount), 0) <> case when k.as_of is null or p.paid_at > k.as_of then -p.amount else 0 end;

-- 1a. An entry names what it came from: a payment of its account, or the period billing opened
select e.account_id, e.id, e.kind from ledger_entries e
left join payments p on p.id = e.payment_id and p.account_id = e.account_id
where case when e.kind = 'carried' then e.period is null or e.payment_id is not null else p.id is null end;

-- 1b. What the provider took and gave back is credited once, part by part, with its amount; nothing else is
with due as (
  select p.account_id, o.number || '/' || p.position as document, p.amount
  from online_payments o join online_payment_parts p on p.payment_id = o.id where o.state = 'succeeded'
  union all
  select p.account_id, o.number || '/' || p.position || '-В' || r.number, -r.amount
  from online_refunds r join online_payments o on o.id = r.payment_id
  join online_payment_parts p on p.payment_id = r.payment_id and p.position = r.position
  where r.state = 'succeeded'
), credited as (
  select account_id, document, amount from payments where source = 'cabinet'
)
select account_id, document, d.amount as due, c.amount as credited
from due d full join credited c using (account_id, document)
where d.amount is distinct from c.amount;

-- 1c. A payment is the sum of its parts, and no part is given back beyond its amount
select o.number, 0 as position, o.amount, coalesce(sum(p.amount), 0) as parts
from online_payments o left join online_payment_parts p on p.payment_id = o.id
group by o.id having o.amount <> coalesce(sum(p.amount), 0)
union all
select o.number, p.position, p.amount, sum(r.amount)
from online_payments o join online_payment_parts p on p.payment_id = o.id
join online_refunds r on r.payment_id = p.payment_id and r.position = p.position and r.state <> 'canceled'
group by o.id, p.position, p.amount having sum(r.amount) > p.amount or o.state <> 'succeeded';

-- 2. An account's balance equals the sum of its entries
with stated as (
  select account_id, sum(closing - opening) as moved, max(period) as latest from stated_charges group by 1
), latest as (
  select c.account_id, sum(c.closing) as closing
  from stated s join stated_charges c on c.account_id = s.account_id and c.period = s.latest group by 1
), entered as (
  select account_id, sum(amount) as entered, coalesce(sum(amount) filter (where kind <> 'carried'), 0) as beside
  from ledger_entries group by 1
)
select account_id, coalesce(l.closing, 0) + coalesce(e.beside, 0) as balance,
  coalesce(s.moved, 0) + coalesce(e.entered, 0) as entries
from stated s join latest l using (account_id) full join entered e using (account_id)
where coalesce(l.closing, 0) + coalesce(e.beside, 0) <> coalesce(s.moved, 0) + coalesce(e.entered, 0);

-- 2a. A period that opens with another sum than the one before closed with has an entry of the difference
with sums as (
  select account_id, period, sum(opening) as opening, sum(closing) as closing from stated_charges group by 1, 2
), expected as (
  select account_id, period,
    opening - coalesce(lag(closing) over (partition by account_id order by period), 0) as amount from sums
), entered as (
  select account_id, period, sum(amount) as amount from ledger_entries where kind = 'carried' group by 1, 2
)
select account_id, period, coalesce(x.amount, 0) as expected, coalesce(e.amount, 0) as entered
from expected x full join entered e using (account_id, period)
where coalesce(x.amount, 0) <> coalesce(e.amount, 0);

-- 4. A notification of the provider is kept once, and looked into within two minutes
select provider, body_hash, count(*) from payment_notifications group by 1, 2
having count(*) > 1 or bool_or(processed_at is null and received_at < now() - interval '2 minutes');

-- 4a. A payment or refund whose outcome is open has a job that will ask
select 'payment' as of, o.number from online_payments o
where o.next_ask_at is not null and not exists (
  select 1 from graphile_worker.jobs j where j.key = 'ask-payment:' || o.id and j.attempts < j.max_attempts)
union all
select 'refund', r.number from online_refunds r
where r.next_ask_at is not null and not exists (
  select 1 from graphile_worker.jobs j where j.key = 'ask-refund:' || r.id and j.attempts < j.max_attempts);

-- 5. An event that calls for a letter has exactly one
select 'request-received' as letter, r.number, count(l.id) as letters
from access_requests r left join letters l on l.kind = 'request-received' and l.payload->>'number' = r.number
group by r.number having count(l.id) <> 1
union all
select 'decision', r.number, count(l.id)
from access_requests r
left join letters l on l.payload->>'number' = r.number and l.kind = any (
  case r.decision when 'approved' then '{access-granted,account-added}'::text[] else '{request-refused}' end)
where r.decision is not null
group by r.number having count(l.id) <> 1
union all
select 'enquiry-answered', e.number::text, count(l.id)
from enquiries e
cross join lateral (
  select count(*) as said from enquiry_messages m
  where m.enquiry_id = e.id and m.by_staff and not m.internal and e.user_id is not null
) answers
left join letters l on l.kind = 'enquiry-answered' and l.payload->>'number' = e.number::text
group by e.number, answers.said having count(l.id) <> answers.said
union all
select 'bill-ready', b.account_number, count(l.id)
from (
  select a.account_number, b.period, count(*) filter (where b.by_email) as owed from bill_letters b join accounts a on a.id = b.account_id group by 1, 2
) b
left join letters l on l.kind = 'bill-ready' and l.payload->>'accountNumber' = b.account_number
  and l.payload->>'period' = b.period
group by b.account_number, b.period, b.owed having count(l.id) <> b.owed
union all
select 'correction-settled', c.id::text, count(l.id)
from reading_corrections c left join letters l on l.kind = 'correction-settled' and l.payload->>'correction' = c.id::text
where c.settled_at is not null and c.asked_by <> c.settled_by
group by c.id having count(l.id) <> 1;

-- 5a. No letter waits without a job that will send it
select l.id, l.kind, l.created_at from letters l
where l.sent_at is null and l.created_at < now() - interval '5 minutes'
  and not exists (select 1 from graphile_worker.jobs j where j.key = 'letter:' || l.id);

-- 5d. No text waits without a job that will send it; what is refused, expired or lost on the way is told to staff
select t.id, t.kind, t.created_at from text_messages t
where t.sent_at is null and t.created_at < now() - interval '5 minutes'
  and coalesce(t.last_error, 'later:') ~ '^(later:|sending$)'
  and not exists (select 1 from graphile_worker.jobs j where j.key = 'text:' || t.id);

-- 5c. Who asked without a login and left an e-mail has one letter per answer; others have none
select e.number, count(l.id) as letters
from enquiries e
cross join lateral (
  select count(*) as said from enquiry_messages m
  where m.enquiry_id = e.id and m.by_staff and not m.internal and e.user_id is null and e.contact_email is not null
) answers
left join letters l on l.kind = 'feedback-answered' and l.payload->>'number' = e.number::text
group by e.number, answers.said having count(l.id) <> answers.said;

-- 5b. Whoever left an e-mail has one letter per payment received, and one per refund
select 'payment-received' as letter, o.number, count(l.id) as letters
from online_payments o left join letters l on l.kind = 'payment-received' and l.payload->>'number' = o.number::text
where o.email is not null
group by o.id having count(l.id) <> (case when o.state = 'succeeded' then 1 else 0 end)
union all
select 'payment-returned', r.number, count(l.id)
from online_refunds r join online_payments o on o.id = r.payment_id
left join letters l on l.kind = 'payment-returned' and l.payload->>'refund' = r.number::text
where o.email is not null
group by r.id having count(l.id) <> (case when r.state = 'succeeded' then 1 else 0 end);

-- 6. Nothing is in force of an import that was not loaded, or was undone
with absent as (select id from imports where state not in ('loaded', 'undoing'))
select 'charges' as of, import_id, count(*) as rows from stated_charges where import_id in (select id from absent) group by 2
union all
select 'readings', import_id, count(*) from readings where import_id in (select id from absent) group by 2
union all
select 'meters', import_id, count(*) from meters where import_id in (select id from absent) group by 2
union all
select 'accounts', import_id, count(*) from accounts where import_id in (select id from absent) group by 2
union all
select 'tariffs', import_id, count(*) from tariffs where import_id in (select id from absent) group by 2
union all
select 'payments', import_id, count(*) from payments where import_id in (select id from absent) group by 2;

-- 6a. A loaded import wrote as many rows as its report says
with stated as (
  select i.id, i.kind, i.file_name,
    (select coalesce(sum((c->>'added')::bigint + (c->>'changed')::bigint), 0)
      from jsonb_array_elements(i.report->'changes') c) as stated
  from imports i where i.state in ('loaded', 'undoing') and i.kind in ('charges', 'payments') and i.report is not null
), written as (
  select import_id, count(*) as rows from (
    select distinct import_id, account_id, period, service_id from charges where import_id is not null
  ) c group by 1
  union all
  select import_id, count(*) from payments where import_id is not null group by 1
)
select s.id, s.file_name, s.stated, coalesce(w.rows, 0) as written
from stated s left join written w on w.import_id = s.id
where s.stated <> coalesce(w.rows, 0);

-- 7. One decision per request, one active access per user and account
select 'decision' as of, id::text, count(*) from access_requests group by id
having count(*) > 1 or bool_or((decision is null) <> (decided_at is null))
union all
select 'access', user_id::text, count(*) from account_access where ended_at is null group by user_id, account_id
having count(*) > 1;

-- 8. A blocked user has no live session and no unused link
select 'session' as of, b.user_id from blocks b join sessions s on s.user_id = b.user_id
where b.unblocked_at is null and s.revoked_at is null and s.ends_at > now()
union all
select 'link', b.user_id from blocks b join credential_links l on l.user_id = b.user_id
where b.unblocked_at is null and l.used_at is null and l.revoked_at is null and l.expires_at > now();

-- 9. The chain of the journal is unbroken: every seal follows the one before it and holds the hash of its rows
select s.id as seal, s.from_id, s.to_id, s.rows, now.rows as found
from (
  select *, lag(hash) over (order by id) as before, coalesce(lag(to_id) over (order by id), 0) + 1 as follows from audit_seals
) s cross join lateral (
  select count(*) as rows, sha256(coalesce(s.before, decode(repeat('00', 32), 'hex')) || convert_to(string_agg(
    jsonb_build_object('id', r.id, 'at', to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'actor_id', r.actor_id, 'actor_login', r.actor_login, 'action', r.action, 'subject_kind', r.subject_kind,
      'subject_id', r.subject_id, 'subject_label', r.subject_label, 'before', r.before, 'after', r.after,
      'address', r.address)::text || E'\n', '' order by r.id), 'UTF8')) as hash
  from audit_log r where r.id between s.from_id and s.to_id
) now where now.rows <> s.rows or now.hash is distinct from s.hash or s.from_id <> s.follows;

-- 10. No passport is older than its retention (and the night in which it goes)
select p.request_id, r.decided_at from passports p join access_requests r on r.id = p.request_id
where p.erased_at is null and r.decided_at < now() - interval '1 day' - make_interval(days => coalesce(
  (select (value->>'passportRetentionDays')::int from settings), 30));

-- 10a. No refused request keeps its applicant beyond the retention (and the night in which they go)
select r.number, r.decided_at from access_requests r
where r.decision = 'refused' and r.email <> '' and r.decided_at < now() - interval '1 day' - make_interval(days => coalesce(
  (select (value->'retention'->>'refusedRequestDays')::int from settings), 365));

-- 10b. Whoever's data were destroyed by their withdrawal has none left, and no way in
select u.login from erasure_acts a join users u on u.id = a.user_id
where a.ground = 'withdrawal' and (u.email <> '' or u.phone is not null or u.password_hash is not null
  or exists (select from account_access x where x.user_id = u.id and x.ended_at is null)
  or exists (select from sessions s where s.user_id = u.id and s.revoked_at is null));

-- 11. A charge belongs to an account, a service and, when it names one, an import
select 'account' as of, c.account_id::text as missing, count(*) from charges c
where not exists (select 1 from accounts a where a.id = c.account_id) group by 2
union all
select 'service', c.service_id::text, count(*) from charges c
where not exists (select 1 from services s where s.id = c.service_id) group by 2
union all
select 'import', c.import_id::text, count(*) from charges c
where c.import_id is not null and not exists (select 1 from imports i where i.id = c.import_id) group by 2;

-- 12. The versions of a charge are counted from 1 without a gap
select account_id, period, service_id, count(*) as versions, max(version) as last from charges
group by 1, 2, 3 having count(*) <> max(version);

-- 13. A counter has one reading in force in a period, and it is the latest; its meter is its account's
select account_id, meter_id, period, register from readings group by 1, 2, 3, 4
having count(*) filter (where superseded_at is null) <> 1
  or max(version) <> max(version) filter (where superseded_at is null)
union all
select r.account_id, r.meter_id, r.period, r.register from readings r
where not exists (select 1 from meters m where m.id = r.meter_id and m.account_id = r.account_id);

-- 14. No reading came for a period after it was handed to billing but what staff accepted as its correction
select r.account_id, r.meter_id, r.period from readings r join handed_periods h on h.period = r.period
where r.received_at > h.handed_at and r.channel <> 'import' and not (r.channel = 'staff' and exists (
  select 1 from reading_corrections c where c.account_id = r.account_id and c.meter_id = r.meter_id
    and c.period = r.period and c.outcome = 'accepted' and c.settled_at = r.received_at and c.settled_by = r.actor_id));

-- 15. Unless it is closed an enquiry is answered when staff spoke last, waits when the person did (notes of staff aside), and a
-- line it names was stated
select e.number from enquiries e
left join lateral (
  select m.by_staff from enquiry_messages m where m.enquiry_id = e.id and not m.internal order by m.id desc limit 1
) last on true
where (e.state <> 'closed' and (e.state = 'answered') is distinct from last.by_staff)
  or (e.period is null) <> (e.service_id is null)
  or (e.period is not null and not exists (select 1 from charges c
    where c.account_id = e.account_id and c.period = e.period and c.service_id = e.service_id));

-- 15a. Every closing in force is in the journal with its reason; staff alone answer and note
select e.number::text as of from enquiries e
where e.state = 'closed' and not exists (
  select 1 from audit_log a where a.action = 'enquiry.closed' and a.subject_id = e.id::text and a.after->>'reason' = e.close_reason)
union all
select 'message ' || m.id from enquiry_messages m left join users u on u.id = m.author_id
where (m.by_staff or m.internal) <> (u.kind = 'staff' and u.id is not null) or (m.internal and not m.by_staff);

-- 16. Whoever was owed a letter of a notice has one, per notice as many as were owed
with owed as (
  select n.number::text as number, count(*) as owed from notice_messages m join notices n on n.id = m.notice_id
  where m.channel = 'email' group by 1
), written as (
  select payload->>'number' as number, count(*) as letters from letters where kind = 'notice' group by 1
)
select number, owed, letters from owed full join written using (number) where owed is distinct from letters;

-- 16a. A notice whose messages are not all owed has a job that goes on
select n.number, n.published_at from notices n
where n.delivered_at is null and n.withdrawn_at is null and n.published_at < now() - interval '5 minutes'
  and not exists (select 1 from graphile_worker.jobs j where j.key = 'notice:' || n.id);
