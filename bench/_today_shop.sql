INSERT INTO customers_customer (store_id, known, first_name, last_name, email, phone, language, country, time_zone,
    tags, consent_source, orders_count, spent, last_order_at)
SELECT %(store)s, '{}', 'Giulia' || n, 'Moretti' || n %% 900, 'g' || n || '@posta.example', '', 'it', 'IT', '', '[]', '',
    1, 80, now() - (n %% 365) * interval '1 day' FROM generate_series(1, %(customers)s) n;

INSERT INTO orders_order (store_id, source, external_id, version, number, customer_id, placed_at, currency, total,
    subtotal, shipping, tax, discount, payment_state, payment_method, paid_at, cancel_reason, is_test, is_history,
    language, email, phone, note, discount_codes, shipping_method, shipping_address, billing_address, search,
    shipped_at, delivered_at, page_version)
SELECT %(store)s, 'shopify', n::text, '1', 'BL-' || n, c.id, p.at, 'EUR', 40 + n %% 160, 40, 5, 8, 0, 'paid', 'Visa', p.at,
    '', false, false, 'it', c.email, '', '', '[]', '', json_build_object('name', 'Giulia' || n, 'country', 'IT',
    'postcode', '20144', 'city', 'Milano')::jsonb, '{}', 'bl-' || n || ' giulia' || n,
    CASE WHEN n > 300 THEN p.at + interval '1 day' END,
    CASE WHEN n > 2500 THEN p.at + (2 + n %% 5) * interval '1 day' END, 1
  FROM generate_series(1, %(orders)s) n
  JOIN LATERAL (SELECT now() - interval '10 hours' - (n::float / %(orders)s * 365) * interval '1 day' AS at) p ON true
  JOIN customers_customer c ON c.id = (SELECT min(id) FROM customers_customer) + n %% %(customers)s;

INSERT INTO orders_line (order_id, external_id, position, product_external_id, title, variant, sku, image_url, quantity,
    unit_price, total, discount, tax, needs_shipping)
SELECT id, '1', 0, 'p' || id %% 300, 'Piatto ' || id %% 300, '', '', '', 2, 20, 40, 0, 8, true FROM orders_order;

INSERT INTO tracking_firstpromise (order_id, first, last, made_at, check_at)
SELECT id, (placed_at + interval '2 days')::date, (placed_at + interval '5 days')::date, placed_at,
    CASE WHEN delivered_at IS NULL THEN placed_at + interval '6 days' END FROM orders_order;

INSERT INTO tracking_tracker (store_id, key, carrier, carrier_told, carrier_words, confidence, needs_a_person, service,
    signed_by, is_final, poll_failures, poll_reason)
SELECT %(store)s, 'RA' || id, (ARRAY['brt', 'gls_it', 'poste_italiane', 'dhl'])[1 + id %% 4], '', '', 1, false, '', '', delivered_at
    IS NOT NULL, 0, '' FROM orders_order WHERE shipped_at IS NOT NULL;

INSERT INTO tracking_parcel (store_id, order_id, name, tracker_id, carrier, link, state, state_at, place, announced_at, picked_up_at,
    delivered_at, attempts, arrival_last, arrival_source, arrival_confidence, promised_first, promised_last, late_since,
    delay_cause)
SELECT o.store_id, o.id, t.key, t.id, t.carrier, '', CASE WHEN o.delivered_at IS NULL THEN 'in_transit' ELSE 'delivered' END,
    coalesce(o.delivered_at, o.shipped_at), 'Milano', o.placed_at, o.shipped_at, o.delivered_at, 0, f.last, 'rule', 'usual',
    f.first, f.last, CASE WHEN coalesce(o.delivered_at, now())::date > f.last THEN (f.last + 1)::timestamptz END,
    CASE WHEN coalesce(o.delivered_at, now())::date > f.last THEN 'carrier' ELSE '' END
  FROM orders_order o JOIN tracking_firstpromise f ON f.order_id = o.id JOIN tracking_tracker t ON t.key = 'RA' || o.id;

INSERT INTO promises_promise (store_id, key, kind, words, order_id, customer_id, said_in, evidence, made_at, due_at, risk,
    kept_at, broken_at, forgiven_why, is_history, told_at, check_at)
SELECT o.store_id, k.kind || ':order:' || o.id, k.kind, '{}', o.id, o.customer_id, 'page', '', o.placed_at, k.due, 0, k.kept,
    CASE WHEN coalesce(k.kept, now()) > k.due THEN k.due END, '', false, CASE WHEN coalesce(k.kept, now()) > k.due THEN k.due END,
    CASE WHEN k.kept IS NULL AND k.due > now() THEN k.due END
  FROM orders_order o JOIN tracking_firstpromise f ON f.order_id = o.id
  JOIN LATERAL (VALUES ('delivery', (f.last + 1)::timestamptz, o.delivered_at),
                       ('shipping', o.placed_at + interval '30 hours', o.shipped_at)) k (kind, due, kept) ON true;

INSERT INTO kernel_event (store_id, kind, happened_at, customer_id, order_id, data, key, is_history)
SELECT o.store_id, k, o.placed_at, o.customer_id, o.id, '{}', k || o.id, false
  FROM orders_order o, unnest(ARRAY['OrderPlaced', 'OrderPaid', 'ParcelPickedUp', 'ParcelDelivered', 'OrderDelivered']) k;

INSERT INTO outgoing_message (store_id, customer_id, order_id, key, kind, purpose, channel, to_address, language, data,
    fallback, asked_at, not_before, expires_at, due_at, reason, reason_data, sent_at)
SELECT o.store_id, o.customer_id, o.id, k || o.id, k, 'transactional', 'email', o.email, 'it', '{}', '', o.placed_at, o.placed_at,
    o.placed_at, o.placed_at, '', '{}', o.placed_at
  FROM orders_order o, unnest(ARRAY['confirmation_simple', 'shipped', 'delivered']) k;

INSERT INTO cases_case (store_id, order_id, customer_id, cause, severity, value, due_at, rank, opened_at, closed_at)
SELECT p.store_id, p.order_id, p.customer_id, 'broken_promise', 3, 80, p.due_at + interval '8 hours', 9 + p.id %% 50, p.due_at,
    p.kept_at FROM promises_promise p WHERE p.broken_at IS NOT NULL AND p.kind = 'delivery';
INSERT INTO cases_trouble (store_id, key, kind, order_id, customer_id, severity, value, data, opened_at, settled_at, case_id)
SELECT store_id, 'broken:' || id, 'broken_promise', order_id, customer_id, 3, 80, '{"promise": "delivery"}', opened_at, closed_at, id
  FROM cases_case;
