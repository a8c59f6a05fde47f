-- Number a message, keep it, publish it to every gateway that holds the session: one step.
-- KEYS: meta, bodies, stream, gateways
-- ARGV: register, version, body, session id, ttl s, stream length, numbers per epoch
-- Returns the number; 0 when the register has this version or a newer one; -1 when the feed has no epoch
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if not epoch then return -1 end
local version = redis.call('HGET', KEYS[1], 'version:' .. ARGV[1])
if version and tonumber(version) >= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], 'version:' .. ARGV[1], ARGV[2])
local seq = string.format('%.0f', tonumber(epoch) * tonumber(ARGV[7]) + redis.call('HINCRBY', KEYS[1], 'count', 1))
redis.call('HSET', KEYS[1], 'seq', seq)
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[6], seq .. '-0', 'body', ARGV[3])
for index = 1, 3 do redis.call('EXPIRE', KEYS[index], ARGV[5]) end
local now = tonumber(redis.call('TIME')[1])
for _, gateway in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], now, '+inf')) do
  redis.call('PUBLISH', 'gateway:' .. gateway, 'feed\n' .. ARGV[4] .. '\n' .. seq .. '\n' .. ARGV[3])
end
return tonumber(seq)
