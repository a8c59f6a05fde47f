-- One step of a rebuild. Rebuilders share one token: a wipe removes it, and then what was added before is gone.
-- KEYS: meta, results, order  ARGV: step (begin, add, end), token, ttl s, [time unit, then four a result:
--       player/question, member, points, elapsed ms] (questions' results go by board_question.lua)
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
for at = 5, #ARGV, 4 do
  if redis.call('HSETNX', KEYS[2], ARGV[at], ARGV[at + 2] .. ':' .. ARGV[at + 3]) == 1 then
    redis.call('ZINCRBY', KEYS[3], string.format('%.0f', -tonumber(ARGV[at + 2]) * tonumber(ARGV[4]) + tonumber(ARGV[at + 3])), ARGV[at + 1])
    redis.call('HINCRBY', KEYS[1], 'version', 1)
    local question = tonumber(string.match(ARGV[at], '%d+$'))
    if question > tonumber(redis.call('HGET', KEYS[1], 'question') or '0') then
      redis.call('HSET', KEYS[1], 'question', question)
    end
  end
end
redis.call('EXPIRE', KEYS[2], ARGV[3])
redis.call('EXPIRE', KEYS[3], ARGV[3])
return ARGV[2]
