-- End the tick and read the whole board: what is applied after this step elects another leader.
-- KEYS: meta, order, question's results, tick lock
-- Returns {ready, version, answered, member, score, member, score, ...}, best first
if redis.call('HGET', KEYS[1], 'ready') ~= '1' then return {0} end
redis.call('DEL', KEYS[4])
local board = redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')
local reply = {1, tonumber(redis.call('HGET', KEYS[1], 'version') or '0'), redis.call('HLEN', KEYS[3])}
for index = 1, #board do reply[3 + index] = board[index] end
return reply
