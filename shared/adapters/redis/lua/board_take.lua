-- End the tick and read the whole board: what is applied after this step elects another leader.
-- KEYS: meta, order, streaks, tick lock  ARGV: prefix of the session's other keys
-- Returns {ready, version, last question with a result, {member, score, ...} best first, {player, result, ...}, {player, history, ...}}
if redis.call('HGET', KEYS[1], 'ready') ~= '1' then return {0} end
redis.call('DEL', KEYS[4])
local question = redis.call('HGET', KEYS[1], 'question') or '0'
return {
  1,
  tonumber(redis.call('HGET', KEYS[1], 'version') or '0'),
  tonumber(question),
  redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES'),
  redis.call('HGETALL', ARGV[1] .. 'question:' .. question),
  redis.call('HGETALL', KEYS[3]),
}
