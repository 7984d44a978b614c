-- The index for the earlier entries of a component, of columns that a claim sets and nothing changes
-- later: a publish then enters no index, and stays in its page where there is room (HOT). The fence
-- is the time of the claim. The component comes first: where the namespace did, plans made while the
-- table is empty would take it for look-ups by key. Builds before this one use it, too, and sort.
CREATE INDEX ${prefix}entry_claimed ON ${table} (component, namespace, fence);
DROP INDEX ${qualified}entry_newest;

-- Null for none: a row without these eight bytes fits nine times into a page, with them eight times.
ALTER TABLE ${table} ALTER COLUMN uses DROP NOT NULL, ALTER COLUMN uses DROP DEFAULT;

UPDATE ${versions} SET minor = 1;
