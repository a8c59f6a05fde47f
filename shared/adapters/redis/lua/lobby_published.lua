-- Remember how many players the published lobby had; never fewer than before.
-- KEYS: meta  ARGV: players, ttl s
if tonumber(redis.call('HGET', KEYS[1], 'published') or '0') < tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'published', ARGV[1])
  redis.call('EXPIRE', KEYS[1], ARGV[2])
end
return 1
