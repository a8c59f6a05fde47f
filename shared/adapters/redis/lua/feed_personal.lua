-- Publish a message for one player to every gateway that holds the session.
-- KEYS: gateways  ARGV: session id, player id, body
local now = tonumber(redis.call('TIME')[1])
local gateways = redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')
for _, gateway in ipairs(gateways) do
  redis.call('PUBLISH', 'gateway:' .. gateway, 'player\n' .. ARGV[1] .. '\n' .. ARGV[2] .. '\n' .. ARGV[3])
end
return #gateways
