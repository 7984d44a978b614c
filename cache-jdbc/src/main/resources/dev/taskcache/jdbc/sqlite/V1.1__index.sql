-- The index for the earlier entries of a component, of columns that a claim sets and nothing changes
-- later: a publish then enters no index. The fence is the time of the claim. Builds before this one
-- find their entries by it, too, and sort them.
CREATE INDEX ${prefix}entry_claimed ON ${table} (component, namespace, fence);
DROP INDEX ${prefix}entry_newest;

UPDATE ${versions} SET minor = 1;
