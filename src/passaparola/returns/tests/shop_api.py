"""A shop system on this machine that gives money back: WooCommerce's and Shopify's own words, and their accidents."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class ShopApi:
    """What it was asked, what it gave, and what goes wrong next: `no` (refused), `away` (not done, and no answer),
    `lost` (done, and no answer), `late` (done, and a proxy before it had given up waiting).
    """

    def __init__(self):
        self.refunds, self.asked, self.goes_wrong = [], [], []
        self.address, self.number, self.currency = "", "BL-10240", "EUR"

    def answer(self, request, body):
        """Return status and answer; None hangs up without a word."""
        self.asked.append((request.command, request.path, dict(request.headers), body))
        accident = self.goes_wrong.pop(0) if self.goes_wrong and _gives(request, body) else ""
        if accident == "no":
            return _NO[request.path.startswith("/admin")]
        if accident == "away":
            return None
        found = self.shopify(body) if request.path.startswith("/admin") else self.woocommerce(request, body)
        return {"lost": None, "late": (504, "Gateway Timeout")}.get(accident, found)

    def woocommerce(self, request, body):
        if request.command == "GET" and "/refunds" not in request.path:
            return 200, {"id": 4711, "number": self.number, "currency": self.currency}
        if request.command == "GET":
            return 200, self.refunds
        self.refunds.append({"id": len(self.refunds) + 1, "amount": body["amount"], "reason": body["reason"]})
        return 201, self.refunds[-1]

    def shopify(self, body):
        if "refundCreate" not in body["query"]:
            told = {"name": f"#{self.number}", "presentmentCurrencyCode": self.currency}
            return 200, {"data": {"order": told | {"refunds": self.refunds, "suggestedRefund": _PAYMENTS}}}
        wanted, key = body["variables"]["input"], body["variables"]["key"]
        known = [refund for refund in self.refunds if refund["key"] == key]
        if not known:
            gid = f"gid://shopify/Refund/{len(self.refunds) + 1}"
            self.refunds.append({"id": gid, "note": wanted["note"], "key": key, "wanted": wanted})
        given = (known or self.refunds)[-1]
        return 200, {"data": {"refundCreate": {"refund": {"id": given["id"]}, "userErrors": []}}}


_PAYMENTS = {
    "suggestedTransactions": [
        {
            "gateway": "gift_card",
            "parentTransaction": {"id": "gid://shopify/OrderTransaction/1"},
            "maximumRefundableSet": {"presentmentMoney": {"amount": "10.00"}},
        },
        {
            "gateway": "shopify_payments",
            "parentTransaction": {"id": "gid://shopify/OrderTransaction/2"},
            "maximumRefundableSet": {"presentmentMoney": {"amount": "216.50"}},
        },
    ]
}
_NO = {
    False: (500, {"code": "woocommerce_rest_cannot_create_order_refund", "message": "Invalid refund amount."}),
    True: (200, {"data": {"refundCreate": {"refund": None, "userErrors": [{"message": "Invalid refund amount."}]}}}),
}  # fmt: skip


def _gives(request, body):
    return request.command == "POST" and (
        not isinstance(body, dict) or "query (" not in body.get("query", "")
    )


@contextmanager
def shop_api():
    api = ShopApi()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.do_POST()

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            found = api.answer(self, json.loads(body) if body else None)
            if found is None:
                return
            status, said = found
            written = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    api.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield api
    server.shutdown()
    thread.join()
    server.server_close()
