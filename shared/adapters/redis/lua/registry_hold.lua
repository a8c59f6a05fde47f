-- A gateway holds these sessions until the heartbeat runs out.
-- KEYS: each session's gateways  ARGV: gateway, expiry s, ttl s
local now = tonumber(redis.call('TIME')[1])
for _, key in ipairs(KEYS) do
  redis.call('ZADD', key, now + tonumber(ARGV[2]), ARGV[1])
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - 1)
  redis.call('EXPIRE', key, ARGV[3])
end
return now
