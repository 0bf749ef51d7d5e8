"""The same starts and lengths with lexdays, told on standard input as JSON; answers as JSON."""

import json
import sys
import time

import lexdays

asked = json.load(sys.stdin)
days_off = [
    {"id": f"d{n}", "date": day, "name": {"en": "day off"}} for n, day in enumerate(asked["days_off"])
]
spec = {
    "id": "indonesia",
    "name": {"en": "Indonesia"},
    "weekend": [6, 7],
    "coverage": {"from": 2023, "to": 2027},
    "one_off": days_off,
}
calendar = lexdays.calendar(spec)
pack = lexdays.rulepack({
    "id": "peer/working-days",
    "name": {"en": "Working days, the start not counted"},
    "calendar": spec,
    "steps": [{"type": "count"}],
})


def explained(start, length):
    result = pack.compute(start, (length, "business_day"))
    result.explain("en")
    return result.deadline


def timed(count):
    for start in asked["starts"][:50]:  # fills its caches
        count(start, asked["lengths"][0])
    begun = time.perf_counter()
    dates = [count(start, length) for length in asked["lengths"] for start in asked["starts"]]
    seconds = (time.perf_counter() - begun) / len(dates)
    return [date.isoformat() for date in dates], seconds


dates, plain = timed(calendar.add_business_days)
reasoned, with_reasons = timed(explained)
assert dates == reasoned
json.dump({"version": lexdays.__version__, "dates": dates, "plain": plain, "explained": with_reasons}, sys.stdout)
