from passaparola.orders.connectors.woocommerce import example
from passaparola.orders.connectors.woocommerce.tests.deliveries import AT, read


def test_a_customer_is_read_with_the_billing_address_as_second_word():
    payload = {
        "id": 25,
        "email": "giulia@example.com",
        "first_name": "Giulia",
        "last_name": "",
        "billing": example.address() | {"phone": "333 1234567"},
        **example.times("date_modified", AT),
    }

    (facts,) = read("customer.updated", payload).customers

    assert (facts.external_id, facts.email, facts.last_name) == ("25", "giulia@example.com", "Bianchi")
    assert (facts.phone, facts.country, facts.updated_at) == ("333 1234567", "IT", AT)


def test_a_product_is_read_with_category_image_and_page():
    payload = {
        "id": 91,
        "name": "Tazza &#8220;Luna&#8221;",
        "type": "simple",
        "status": "publish",
        "permalink": "https://bottegaluna.example/tazza-luna",
        "categories": [{"id": 1, "name": "Tazze &amp; ciotole"}],
        "tags": [{"id": 2, "name": "blu"}],
        "images": [{"id": 3, "src": "https://bottegaluna.example/tazza.jpg"}],
        **example.times("date_modified", AT),
    }

    (facts,) = read("product.updated", payload).products

    assert (facts.title, facts.category, facts.tags) == ("Tazza “Luna”", "Tazze & ciotole", ("blu",))
    assert facts.image_url == "https://bottegaluna.example/tazza.jpg"
    assert (facts.page_url, facts.is_published) == ("https://bottegaluna.example/tazza-luna", True)


def test_a_product_says_what_one_can_choose_among():
    colour = {"name": "Colore", "variation": True, "options": ["Blu &amp; verde", "Bianco"]}
    size = {"name": "Taglia", "variation": True, "options": ["M", "L"]}
    made_of = {"name": "Materiale", "variation": False, "options": ["gres"]}
    many = [{"name": str(n), "variation": True, "options": ["a", "b", "c"]} for n in range(5)]

    (told,) = read("product.updated", {"id": 1, "attributes": [colour, made_of, size]}).products
    (too_many,) = read("product.updated", {"id": 2, "attributes": many}).products

    assert told.variants == ("Blu & verde, M", "Blu & verde, L", "Bianco, M", "Bianco, L")
    assert too_many.variants == ()


def test_drafts_deleted_products_and_variations():
    assert not read("product.created", {"id": 1, "name": "Prova", "status": "draft"}).products[0].is_published
    assert read("product.deleted", {"id": 1}).products[0].deleted_at == AT
    assert "variation" in read("product.updated", {"id": 2, "type": "variation"}).note


def test_what_we_have_no_use_for_is_noted():
    action = {"action": "woocommerce_add_to_cart", "arg": "abc"}

    assert read("action.woocommerce_add_to_cart", action).note
    assert read("coupon.created", {"id": 1}).note
    assert read("customer.deleted", {"id": 1}).note
    assert read("order.exploded", {"id": 1}).note
