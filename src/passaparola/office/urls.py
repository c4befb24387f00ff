"""Every address of the team. Names begin with their place in the menu: the frame marks it by that."""

from django.urls import path

from passaparola.office.views import (
    connections,
    customers,
    inbound,
    messages,
    orders,
    settings,
    sign_in,
    today,
)

app_name = "office"
urlpatterns = [
    path("", today.today, name="today"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/link/", sign_in.send_link, name="send-link"),
    path("sign-in/<str:token>/", sign_in.by_link, name="sign-in-link"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("shop/", sign_in.switch, name="switch"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<int:order_id>/", orders.order, name="order"),
    path(
        "orders/<int:order_id>/parcels/<int:parcel_id>/carrier/",
        orders.choose_carrier,
        name="order-carrier",
    ),
    path("orders/<int:order_id>/parcels/<int:parcel_id>/scan/", orders.type_scan, name="order-scan"),
    path("customers/", customers.customers, name="customers"),
    path("customers/<int:customer_id>/", customers.customer, name="customer"),
    path("customers/<int:customer_id>/merge/", customers.merge, name="customer-merge"),
    path(
        "customers/<int:customer_id>/merges/<int:merge_id>/undo/",
        customers.undo_merge,
        name="customer-undo-merge",
    ),
    path("messages/", messages.messages, name="messages"),
    path("messages/<int:message_id>/", messages.message, name="message"),
    path("messages/<int:message_id>/preview/", messages.preview, name="message-preview"),
    path("inbound/", inbound.inbound, name="inbound"),
    path("inbound/replay-failed/", inbound.replay_failed, name="inbound-replay-failed"),
    path("inbound/<int:delivery_id>/", inbound.delivery, name="inbound-delivery"),
    path("inbound/<int:delivery_id>/replay/", inbound.replay, name="inbound-replay"),
    path("connections/", connections.connections, name="connections"),
    path("connections/new/<str:role>/<str:kind>/", connections.connect, name="connection-new"),
    path("connections/<int:connection_id>/", connections.connection, name="connection"),
    path("connections/<int:connection_id>/secret/", connections.rotate, name="connection-secret"),
    path("connections/<int:connection_id>/settings/", connections.configure, name="connection-settings"),
    path("connections/<int:connection_id>/close/", connections.close, name="connection-close"),
    path("settings/", settings.shop, name="settings"),
    path("settings/brand/", settings.brand, name="settings-brand"),
    path("settings/team/", settings.team, name="settings-team"),
    path("settings/team/invite/", settings.invite, name="settings-invite"),
    path("settings/team/<int:membership_id>/role/", settings.change_role, name="settings-role"),
    path("settings/team/<int:membership_id>/remove/", settings.remove, name="settings-remove"),
    path("settings/me/", settings.me, name="settings-me"),
    path("settings/me/password/", settings.password, name="settings-password"),
]
