-- One step of a rebuild. Needs board_add.lua before it. Rebuilders share one token: a wipe removes it, and then what
-- was added before is gone.
-- KEYS: meta  ARGV: step (begin, add, end), token, ttl s, prefix, time unit, [results]
-- Returns the token in force; an empty string when the board was wiped since the rebuild began
local ready = redis.call('HGET', KEYS[1], 'ready') == '1'
if ARGV[1] == 'begin' then
  if not ready then redis.call('HSETNX', KEYS[1], 'rebuilding', ARGV[2]) end
  redis.call('EXPIRE', KEYS[1], ARGV[3])
  return redis.call('HGET', KEYS[1], 'rebuilding') or ARGV[2]
end
if not ready and redis.call('HGET', KEYS[1], 'rebuilding') ~= ARGV[2] then return '' end
if ARGV[1] == 'end' then
  redis.call('HSET', KEYS[1], 'ready', '1')
  redis.call('HSETNX', KEYS[1], 'version', 0)
  redis.call('HDEL', KEYS[1], 'rebuilding', 'published')
  redis.call('EXPIRE', KEYS[1], ARGV[3])
  return ARGV[2]
end
for at = 6, #ARGV, 10 do
  add_result(ARGV[4], tonumber(ARGV[5]), at)
  keep(ARGV[4], ARGV[3], ARGV[at + 1])
end
return ARGV[2]
