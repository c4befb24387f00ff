"""Where customers say how they want to be told, and the team's page of channels: a part of the concept's addresses."""

from django.urls import path

from passaparola.messages.ways import customer, staff

urlpatterns = [
    path("o/<str:token>/stay-in-touch/", customer.stay_in_touch, name="stay-in-touch"),
    path("office/channels/", staff.channels, name="channels"),
    path("office/channels/prices/", staff.price, name="channel-price"),
    path("office/channels/prices/<int:price_id>/drop/", staff.drop_price, name="channel-price-drop"),
    path("office/channels/<int:connection_id>/announce/", staff.announce, name="channel-announce"),
]
