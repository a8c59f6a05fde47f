-- Add one result once, and elect the tick's leader. Needs board_add.lua before it.
-- KEYS: meta, tick lock
-- ARGV: prefix, event id, lock ms, ttl s, time unit, removed players and hold as one number (-1: any will do),
--       numbers per version, [one result]
-- Returns {ready, leads, players}
local prefix = ARGV[1]
if redis.call('HGET', KEYS[1], 'ready') ~= '1' then return {0, 0, 0} end
if ARGV[8] then
  add_result(prefix, tonumber(ARGV[5]), 8)
  keep(prefix, ARGV[4], ARGV[9])
end
local players = redis.call('ZCARD', prefix .. 'order')
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
local published = tonumber(redis.call('HGET', KEYS[1], 'published') or '-1')
-- edition_of of domain/ranking.py: without the last part known, whatever was published of this version will do.
local per_version = tonumber(ARGV[7])
local part = tonumber(ARGV[6])
local edition = version * per_version + math.max(part, 0)
if published >= edition then return {1, 0, players} end
local leader = redis.call('GET', KEYS[2])
if leader and leader ~= ARGV[2] then return {1, 0, players} end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
return {1, 1, players}
