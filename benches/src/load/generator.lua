-- Arguments: the method, the status that is expected, and a file with the body.

local threads = {}

function setup(thread)
   table.insert(threads, thread)
end

function init(arguments)
   others = 0
   expected = tonumber(arguments[2])
   local file = io.open(arguments[3], "rb")
   local body = file:read("*a")
   file:close()
   wrk.method = arguments[1]
   if #body > 0 then wrk.body = body end
   request_once = wrk.format()
end

function request()
   return request_once
end

function response(status)
   if status ~= expected then others = others + 1 end
end

-- wrk counts in microseconds.
function done(summary, latency)
   local errors = summary.errors
   local mistakes = errors.connect + errors.read + errors.write + errors.timeout
   for _, thread in ipairs(threads) do mistakes = mistakes + thread:get("others") end
   io.write(string.format(
      '{"requests": %d, "mistakes": %d, "median": %.4f, "percentile_99": %.4f}\n',
      summary.requests, mistakes, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
