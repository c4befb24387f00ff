"""`latency`: from a webhook's receipt to its confirmation at the mail server, at 50 orders a second."""

import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles

from bench.load import fire, post
from bench.orders import signed
from bench.rig import await_port, free_port, rig
from bench.sink import Sink
from bench.table import Row

RATE, GOAL = 50, 5.0


def run(*, quick: bool) -> list[Row]:
    """Each order is of another customer, so that every mail tells by its address whose it is."""
    seconds = 10 if quick else 60
    with Sink() as sink, rig(MAIL_URL=sink.url, PASSAPAROLA_WEB_PROCESSES="1") as shop:
        shop.ask("stores", "add", "Bench", "--url", "https://bench.example")
        opened = shop.ask("connect", "bench", "shopify")
        path = "/" + opened["address"].split("/", 3)[3]
        port = free_port()
        shop.start("web", "--port", str(port))
        shop.start("worker")
        shop.start("worker")
        await_port(port)
        posted: dict[str, float] = {}
        count = RATE * seconds
        with ThreadPoolExecutor(8) as pool:
            started = time.perf_counter() + 1
            for number in range(count):
                due = started + number / RATE
                pool.submit(_post_at, due, number, port, path, opened["secret"], posted)
        waits = _await(sink, posted, count)
    p95 = quantiles(waits, n=20)[-1]
    return [
        Row(name="latency p95", value=p95, unit="s, webhook to SMTP", goal=f"< {GOAL} s", met=p95 < GOAL),
        Row(name="latency median", value=median(waits), unit="s, webhook to SMTP"),
    ]


def _post_at(  # noqa: PLR0917 - a pool passes them by position
    due: float, number: int, port: int, path: str, secret: str, posted: dict[str, float]
) -> None:
    # 5,000 customers in bench.orders: more than a minute's orders, so addresses don't repeat.
    request = post(port, path, *signed(number + 1, secret))
    time.sleep(max(0.0, due - time.perf_counter()))
    posted[f"giulia{(number + 1) % 5_000}@posta.example"] = time.perf_counter()
    fire(port, [request], connections=1)


def _await(sink: Sink, posted: dict[str, float], count: int, seconds: float = 120) -> list[float]:
    until = time.monotonic() + seconds
    while time.monotonic() < until and len(sink.arrived) < count:
        time.sleep(0.1)
    if len(sink.arrived) < count:
        raise TimeoutError(f"Only {len(sink.arrived)} of {count} mails arrived.")
    return [times[0] - posted[address] for address, times in sink.arrived.items()]
