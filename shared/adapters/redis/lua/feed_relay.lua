-- Publish a message that nobody keeps to every gateway that holds the session.
-- KEYS: gateways  ARGV: kind, session id, third field, body
local now = tonumber(redis.call('TIME')[1])
local gateways = redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')
for _, gateway in ipairs(gateways) do
  redis.call('PUBLISH', 'gateway:' .. gateway, ARGV[1] .. '\n' .. ARGV[2] .. '\n' .. ARGV[3] .. '\n' .. ARGV[4])
end
return #gateways
