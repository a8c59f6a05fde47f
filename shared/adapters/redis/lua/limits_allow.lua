-- Count one use within the present window.
-- KEYS: counter  ARGV: window ms
local used = redis.call('INCR', KEYS[1])
if used == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return used
