"""Headings as shops and plugins write them, in English and Italian, normalised by `columns.normal`."""

from collections.abc import Iterator, Mapping

_ORDER: Mapping[str, str] = {
    "id": "order id | id ordine | order | ordine id",
    "number": "order number | number | numero ordine | numero | n ordine | nr ordine | num ordine | ordine | "
    "order no | order nr | order name | order number formatted | riferimento | reference",
    "placed_at": "order date | date | data ordine | data | created at | date created | placed at | "
    "order placed | data creazione | creato il | data acquisto | purchase date",
    "updated_at": "modified date | date modified | updated at | last modified | data modifica",
    "status": "order status | status | stato ordine | stato",
    "payment_state": "financial status | payment status | payment state | stato pagamento",
    "shipping_state": "fulfillment status | fulfilment status | shipping status | stato spedizione",
    "payment_method": "payment method title | payment method | payment | metodo di pagamento | "
    "metodo pagamento | pagamento | modalita di pagamento",
    "paid_at": "paid date | paid at | date paid | data pagamento | pagato il",
    "cancelled_at": "cancelled at | canceled at | cancelled date | data annullamento | annullato il",
    "shipped_at": "completed date | date completed | fulfilled at | shipped at | shipping date | ship date | "
    "data spedizione | spedito il | data completamento",
    "currency": "order currency | currency | currency code | valuta | divisa | moneta",
    "total": "order total | order total amount | total | total amount | grand total | amount | totale | "
    "totale ordine | importo | importo totale",
    "subtotal": "order subtotal | order subtotal amount | subtotal | sub total | subtotale | imponibile",
    "shipping": "order shipping | order shipping amount | shipping total | shipping amount | shipping | "
    "shipping cost | spedizione | spese di spedizione | costo spedizione | spese spedizione",
    "tax": "order total tax | order total tax amount | tax total | total tax | tax | taxes | vat | iva | "
    "imposte | tasse | totale iva",
    "discount": "cart discount amount | cart discount | order discount amount | discount total | "
    "discount amount | discount | sconto | totale sconto",
    "refunded": "order refund amount | refund amount | refunded amount | refunded | refund total | "
    "order refund | rimborso | importo rimborsato | rimborsato",
    "discount_code": "coupon code | coupon codes | coupons used | discount code | coupon | codice sconto | "
    "codici sconto | buono sconto",
    "shipping_method": "shipping method title | shipping method | metodo di spedizione | "
    "modalita di spedizione | metodo spedizione",
    "customer_id": "customer id | customer user id | user id | customer user | id cliente | codice cliente",
    "email": "customer email | email | e mail | mail | email address | customer user email | email cliente | "
    "indirizzo email | user email",
    "phone": "phone | telephone | phone number | customer phone | telefono | cellulare | tel",
    "first_name": "first name | customer first name | nome | user first name",
    "last_name": "last name | surname | customer last name | cognome | user last name",
    "name": "customer name | customer | full name | name | cliente | nome cliente | nome e cognome | "
    "nominativo | ragione sociale",
    "language": "language | customer locale | locale | lingua",
    "birthday": "birthday | date of birth | birth date | dob | data di nascita | compleanno",
    "accepts_marketing": "accepts marketing | newsletter | marketing",
    "note": "customer note | order notes customer | note | notes | nota cliente | note cliente | nota",
    "carrier": "tracking provider | carrier | shipping carrier | courier | corriere | vettore",
    "tracking_number": "tracking number | tracking numbers | tracking | tracking code | "
    "numero di tracking | numero tracking | codice di tracciamento | codice tracking | lettera di vettura",
    "tracking_url": "tracking url | tracking link | link tracking | link di tracciamento",
    "lines": "line items | items | line item",
}
_LINES: Mapping[str, str] = {
    "line_id": "item id | line id | line item id | order item id",
    "product_id": "product id | item product id | line item product id | id prodotto",
    "title": "item name | product name | product | item | item title | lineitem name | line item name | "
    "product title | nome prodotto | prodotto | articolo | descrizione | nome articolo",
    "variant": "product variation | variation | variant | item variation | variante",
    "sku": "sku | item sku | product sku | lineitem sku | line item sku | codice articolo | codice prodotto",
    "quantity": "quantity | qty | item quantity | product quantity | lineitem quantity | line item quantity |"
    "product qty | quantity refund excluded | quantita | qta | pezzi",
    "unit_price": "item cost | item price | product price | unit price | price | lineitem price | "
    "product current price | line item price | prezzo | prezzo unitario",
    "line_total": "order line total | item total | line total | line item total | product total | "
    "item row total | order line subtotal | totale riga",
    "line_discount": "item discount | item discount amount | lineitem discount | line discount | sconto riga",
    "line_tax": "order line tax | item tax | line tax | order line total tax | iva riga",
    "needs_shipping": "lineitem requires shipping | requires shipping",
}
_ADDRESS: Mapping[str, str] = {
    "name": "name | full name | recipient | nome e cognome | destinatario | nominativo",
    "first_name": "first name | nome",
    "last_name": "last name | surname | cognome",
    "company": "company | company name | azienda | societa | ragione sociale",
    "line1": "address 1 | address1 | address | address 1 2 | address line 1 | street | indirizzo | "
    "indirizzo 1 | via",
    "line2": "address 2 | address2 | address line 2 | indirizzo 2",
    "city": "city | town | citta | comune | localita",
    "postcode": "postcode | zip | zip code | postal code | cap | codice postale",
    "province": "state code | state | province | region | county | provincia | state name | prov",
    "country": "country code | country | nation | paese | nazione | stato | country name",
    "phone": "phone | telephone | telefono",
}
_SIDES: Mapping[str, str] = {
    "billing": "billing | bill to | bill | fatturazione | di fatturazione | fattura",
    "shipping": "shipping | delivery | ship to | ship | spedizione | di spedizione | consegna | di consegna",
}


def _each(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for field, headings in words.items():
        for heading in headings.split("|"):
            yield heading.strip(), field


def _addresses() -> Iterator[tuple[str, str]]:
    for side_word, side in _each(_SIDES):
        for heading, field in _each(_ADDRESS):
            yield f"{side_word} {heading}", f"{side}_{field}"
            yield f"{heading} {side_word}", f"{side}_{field}"


def _bare_addresses() -> Iterator[tuple[str, str]]:
    """A file with one address has no side in its headings: it is where the parcel goes."""
    taken = dict(_each(_ORDER))
    for heading, field in _each(_ADDRESS):
        if heading not in taken:
            yield heading, f"shipping_{field}"


WORDS: Mapping[str, str] = {
    **dict(_bare_addresses()),
    **dict(_addresses()),
    **{f"{heading} billing": "email" for heading, field in _each(_ORDER) if field == "email"},
    **{f"billing {heading}": "email" for heading, field in _each(_ORDER) if field == "email"},
    **dict(_each(_LINES)),
    **dict(_each(_ORDER)),
}
"""Later entries win: `phone` is the customer's, `billing phone` the address's."""
