-- Remember the highest edition that is published, unless the board was wiped meanwhile.
-- KEYS: meta  ARGV: edition
if redis.call('HGET', KEYS[1], 'ready') ~= '1' then return 0 end
if tonumber(redis.call('HGET', KEYS[1], 'published') or '-1') < tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'published', ARGV[1])
end
return 1
