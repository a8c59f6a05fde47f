-- Read the whole board beside one question's results, in one step and without ending the tick.
-- KEYS: meta, order, streaks  ARGV: prefix of the session's other keys, question
-- Returns {ready, version, {member, score, ...} best first, {player, result, ...} of the question, {player, history, ...},
--          {player, result, ...} of the last question with a result, where that is a later one}
if redis.call('HGET', KEYS[1], 'ready') ~= '1' then return {0} end
local last = redis.call('HGET', KEYS[1], 'question') or '0'
local later = {}
if tonumber(last) > tonumber(ARGV[2]) then later = redis.call('HGETALL', ARGV[1] .. 'question:' .. last) end
return {
  1,
  tonumber(redis.call('HGET', KEYS[1], 'version') or '0'),
  redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES'),
  redis.call('HGETALL', ARGV[1] .. 'question:' .. ARGV[2]),
  redis.call('HGETALL', KEYS[3]),
  later,
}
