CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
-- How names, addresses and what staff type are compared: letters and digits only, Russian ones as one Latin letter each
-- (trigrams know no others in a database of locale C), letters that are often taken for each other as the same.
CREATE FUNCTION folded(source text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT trim(regexp_replace(
    lower(translate(source,
      'абвгдеёжзийклмнопрстуфхцчшщыэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯъьЪЬ',
      'abvgdeejziiklmnoprstufhcqwwyexaabvgdeejziiklmnoprstufhcqwwyexa')),
    '[^a-z0-9]+', ' ', 'g'))
$$;
--> statement-breakpoint
CREATE INDEX accounts_search ON "accounts" USING gin (folded(holder_name) gin_trgm_ops, folded(address) gin_trgm_ops);
