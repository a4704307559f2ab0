"""Measures the page: bytes, requests, and how long its first answer takes beside `/ask` alone.

Run `python tests/measure_page.py [DOCUMENT...]` (the digest without any); it needs Chromium. Times
are the median of several rounds, both kinds in turn, and reported as their ratio.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

from browser import chromium, serving
from playwright.sync_api import Browser, Response

from api.app import create_app
from qa.opening import Settings, open_settings

ROUNDS = 15
QUESTION = "各区旅游有什么目标？"


def main(documents: list[str]) -> None:
    """Print what is measured over the documents."""
    index = open_settings(Settings(tuple(map(Path, documents))), warn=print)
    with serving(create_app(index)) as address, chromium() as browser:
        print(load(browser, address))
        pages, asks, bare = [], [], []
        for _ in range(ROUNDS):
            in_page, of_it = first_answer(browser, address)
            pages.append(in_page)
            asks.append(of_it)
            bare.append(asked_alone(address))
        alone = median(bare)
        print(
            f"POST /ask alone: 1; in the page, from Enter to the passages: {median(pages) / alone:.2f}"
        )
        print(f"of which the page's own POST /ask: {median(asks) / alone:.2f}")
        print(f"POST /ask alone took {alone * 1000:.1f} ms here")


def load(browser: Browser, address: str) -> str:
    """Return how many requests and bytes it takes until the page can be used."""
    page = browser.new_context().new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(address)
    page.locator(".suggestions button").first.wait_for()
    own = [response for response in responses if response.url.startswith("http")]
    foreign = [response.url for response in own if not response.url.startswith(address)]
    sent = sum(response.request.sizes()["responseBodySize"] for response in own)
    plain = sum(len(response.body()) for response in own)
    page.context.close()
    return f"{len(own)} requests ({len(foreign)} to others), {sent} bytes sent, {plain} unpacked"


def first_answer(browser: Browser, address: str) -> tuple[float, float]:
    """Return the seconds from Enter in a fresh page to its first passages, and of its request."""
    page = browser.new_context().new_page()
    page.goto(address)
    page.locator(".suggestions button").first.wait_for()
    page.locator("#question").fill(QUESTION)
    milliseconds = page.evaluate(
        """() => new Promise((resolve) => {
            const field = document.getElementById("question");
            const conversation = document.getElementById("conversation");
            const began = performance.now();
            new MutationObserver(() => {
                if (!conversation.querySelector(".passage")) return;
                requestAnimationFrame(() => setTimeout(() => {
                    const asked = performance.getEntriesByType("resource").at(-1);
                    resolve([performance.now() - began, asked.responseEnd - asked.startTime]);
                }));
            }).observe(conversation, { childList: true, subtree: true });
            field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }));
        })"""
    )
    page.context.close()
    return milliseconds[0] / 1000, milliseconds[1] / 1000


def asked_alone(address: str) -> float:
    """Return the seconds that the same question takes without the page."""
    body = json.dumps({"question": QUESTION}).encode()
    request = Request(f"{address}ask", body, {"Content-Type": "application/json"})
    began = time.perf_counter()
    with urlopen(request) as answer:
        answer.read()
    return time.perf_counter() - began


if __name__ == "__main__":
    main(sys.argv[1:])
