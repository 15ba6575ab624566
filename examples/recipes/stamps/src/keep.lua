-- Keeps a stamp until the lease ends, if it is still there: 1, or else 0.
-- KEYS: the subject. ARGV: the field of the variant, the token of the lease, the stamp.

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

local held = redis.call('HGET', KEYS[1], ARGV[1])
local till, token, stamp = string.match(held or '', '^(%d+) (%S+) (.*)$')
if token ~= ARGV[2] or stamp ~= '' or till - now <= 0 then
    return 0
end
redis.call('HSET', KEYS[1], ARGV[1], till .. ' ' .. token .. ' ' .. ARGV[3])
return 1
