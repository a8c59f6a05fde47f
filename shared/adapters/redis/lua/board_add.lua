-- Library of the board's scripts: add results, each once, and keep every total what domain/ranking.py computes.
-- The keys of one session (they share a hash tag): prefix .. meta, results, older, order, streaks, question:N.
-- A result is ten arguments: player, question, answer id, received ms, points, elapsed ms, correct (0/1),
-- streak place ('' for none), starting points, member.

local function add_points(prefix, member, points, elapsed, unit)
  -- packed_score of domain/ranking.py; a sum of packed scores is the packed sum.
  if points ~= 0 or elapsed ~= 0 or not redis.call('ZSCORE', prefix .. 'order', member) then
    redis.call('ZINCRBY', prefix .. 'order', string.format('%.0f', -points * unit + elapsed), member)
  end
end

-- streak_bonus of domain/streak.py
local function streak_bonus(history)
  local bonus, run = 0, 0
  for index = 1, #history do
    run = string.byte(history, index) == 49 and run + 1 or 0
    bonus = bonus + 100 * math.min(math.max(run - 1, 0), 5)
  end
  return bonus
end

-- Set one mark of a player's history; returns by how much the bonus changes.
local function mark_streak(prefix, player, place, correct)
  local before = redis.call('HGET', prefix .. 'streaks', player) or ''
  local padded = before .. string.rep(' ', place + 1 - #before)
  local after = string.sub(padded, 1, place) .. correct .. string.sub(padded, place + 2)
  redis.call('HSET', prefix .. 'streaks', player, after)
  return streak_bonus(after) - streak_bonus(before)
end

-- Of two answers to one question the later one counts, by time and then by id (Result.order).
local function is_later(received, answer, other_received, other_answer)
  if received ~= other_received then return received > other_received end
  return answer > other_answer
end

-- Whether this answer is new here. `older` has those that a later one replaced.
local function add_result(prefix, unit, at)
  local player, question, answer, received = ARGV[at], ARGV[at + 1], ARGV[at + 2], tonumber(ARGV[at + 3])
  local points, elapsed, correct, place = tonumber(ARGV[at + 4]), tonumber(ARGV[at + 5]), ARGV[at + 6], ARGV[at + 7]
  local field = player .. '/' .. question
  local known = redis.call('HGET', prefix .. 'results', field)
  local known_points, known_elapsed = 0, 0
  if known then
    local known_received, known_answer
    known_received, known_points, known_elapsed, known_answer = string.match(known, '^(%d+):(-?%d+):(%d+):(.*)$')
    if known_answer == answer or redis.call('HEXISTS', prefix .. 'older', field .. '/' .. answer) == 1 then
      return false
    end
    if not is_later(received, answer, tonumber(known_received), known_answer) then
      redis.call('HSET', prefix .. 'older', field .. '/' .. answer, 1)
      redis.call('HINCRBY', prefix .. 'meta', 'version', 1)
      return true
    end
    redis.call('HSET', prefix .. 'older', field .. '/' .. known_answer, 1)
  end
  redis.call('HSET', prefix .. 'results', field, ARGV[at + 3] .. ':' .. ARGV[at + 4] .. ':' .. ARGV[at + 5] .. ':' .. answer)
  redis.call('HSET', prefix .. 'question:' .. question, player,
    ARGV[at + 4] .. ':' .. ARGV[at + 5] .. ':' .. correct .. ':' .. place)
  local bonus = 0
  if place ~= '' then bonus = mark_streak(prefix, player, tonumber(place), correct) end
  local member = ARGV[at + 9]
  if not redis.call('ZSCORE', prefix .. 'order', member) then points = points + tonumber(ARGV[at + 8]) end
  add_points(prefix, member, points - known_points + bonus, elapsed - known_elapsed, unit)
  redis.call('HINCRBY', prefix .. 'meta', 'version', 1)
  if tonumber(question) > tonumber(redis.call('HGET', prefix .. 'meta', 'question') or '0') then
    redis.call('HSET', prefix .. 'meta', 'question', question)
  end
  return true
end

local function keep(prefix, ttl_s, question)
  for _, part in ipairs({'meta', 'results', 'older', 'order', 'streaks', 'question:' .. question}) do
    redis.call('EXPIRE', prefix .. part, ttl_s)
  end
end
