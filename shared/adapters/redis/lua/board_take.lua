-- End the tick and read the whole board: what is applied after this step elects another leader.
-- KEYS: meta, order, question's results, streaks, tick lock
-- Returns {ready, version, {member, score, ...} best first, {player, result, ...}, {player, history, ...}}
if redis.call('HGET', KEYS[1], 'ready') ~= '1' then return {0} end
redis.call('DEL', KEYS[5])
return {
  1,
  tonumber(redis.call('HGET', KEYS[1], 'version') or '0'),
  redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES'),
  redis.call('HGETALL', KEYS[3]),
  redis.call('HGETALL', KEYS[4]),
}
