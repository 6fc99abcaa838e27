-- For wrk: asks the paths of the file PATHS one after the other, and ends with a line that a program reads.
local requests = {}
for path in io.lines(os.getenv("PATHS")) do
  requests[#requests + 1] = path
end
local place = 0

function request()
  place = place % #requests + 1
  return wrk.format("GET", requests[place])
end

function done(summary, latency)
  local failed = summary.errors
  local errors = failed.connect + failed.read + failed.write + failed.status + failed.timeout
  local milliseconds = string.format("%.2f %.2f %.2f", latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000)
  print("measured", summary.requests / summary.duration * 1e6, milliseconds, summary.bytes / summary.requests, summary.requests, errors)
end
