-- Take what is due, and let it come again after the lease unless it is done by then.
-- KEYS: deadlines  ARGV: now ms, lease until ms, most
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, member in ipairs(due) do redis.call('ZADD', KEYS[1], ARGV[2], member) end
return due
