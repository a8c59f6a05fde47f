-- Add one result once, and elect the tick's leader.
-- KEYS: meta, results, order, question's results, tick lock
-- ARGV: event id, lock ms, ttl s, player/question, player, member, points, elapsed ms, correct (0/1), time unit
--       (without the last seven: elect only)
-- Returns {ready, leads, players, last question with a result}
if redis.call('HGET', KEYS[1], 'ready') ~= '1' then return {0, 0, 0, 0} end
if ARGV[4] and redis.call('HSETNX', KEYS[2], ARGV[4], ARGV[7] .. ':' .. ARGV[8]) == 1 then
  -- packed_score of domain/ranking.py; a sum of packed scores is the packed sum. The increment is guarded by HSETNX.
  redis.call('ZINCRBY', KEYS[3], string.format('%.0f', -tonumber(ARGV[7]) * tonumber(ARGV[10]) + tonumber(ARGV[8])), ARGV[6])
  redis.call('HSET', KEYS[4], ARGV[5], ARGV[7] .. ':' .. ARGV[9])
  redis.call('HINCRBY', KEYS[1], 'version', 1)
  local question = tonumber(string.match(ARGV[4], '%d+$'))
  if question > tonumber(redis.call('HGET', KEYS[1], 'question') or '0') then
    redis.call('HSET', KEYS[1], 'question', question)
  end
  for index = 1, 4 do redis.call('EXPIRE', KEYS[index], ARGV[3]) end
end
local players = redis.call('ZCARD', KEYS[3])
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
local question = tonumber(redis.call('HGET', KEYS[1], 'question') or '0')
local published = tonumber(redis.call('HGET', KEYS[1], 'published') or '-1')
if version <= published then return {1, 0, players, question} end
local leader = redis.call('GET', KEYS[5])
if leader and leader ~= ARGV[1] then return {1, 0, players, question} end
redis.call('SET', KEYS[5], ARGV[1], 'PX', ARGV[2])
return {1, 1, players, question}
