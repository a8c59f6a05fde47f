-- Add players once each, and elect the leader of the lobby's next tick.
-- KEYS: players, newest, meta, lock  ARGV: event id (empty: no election), lock ms, ttl s, player, nickname, ...
-- Returns 1 if this event leads
for at = 4, #ARGV, 2 do
  if redis.call('SADD', KEYS[1], ARGV[at]) == 1 then
    redis.call('LPUSH', KEYS[2], ARGV[at + 1])
    redis.call('LTRIM', KEYS[2], 0, 49)
  end
end
for index = 1, 3 do redis.call('EXPIRE', KEYS[index], ARGV[3]) end
if ARGV[1] == '' then return 0 end
local published = tonumber(redis.call('HGET', KEYS[3], 'published') or '0')
if redis.call('SCARD', KEYS[1]) <= published then return 0 end
local leader = redis.call('GET', KEYS[4])
if leader and leader ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[4], ARGV[1], 'PX', ARGV[2])
return 1
