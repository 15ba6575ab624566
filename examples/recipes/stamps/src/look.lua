-- The stamp of a variant, or else a lease: {token, microseconds left, stamp or ''}.
-- KEYS: the subject. ARGV: the field of the variant, the bound in milliseconds, a token that nobody else has.
-- A field holds 'until token stamp'; of a lease, the stamp is empty.

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local bound = ARGV[2] * 1000

local held = redis.call('HGET', KEYS[1], ARGV[1])
if held then
    local till, token, stamp = string.match(held, '^(%d+) (%S+) (.*)$')
    local left = till and till - now
    -- More than the bound can be left only if the clock was set back: then nobody knows how old it is.
    if left and left > 0 and left <= bound then
        return {token, left, stamp}
    end
end

redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f %s ', now + bound, ARGV[3]))
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return {ARGV[3], bound, ''}
