"""AfterShip: webhooks about parcels of hundreds of carriers, in the field names of all its versions."""

from passaparola.tracking.carriers.aftership.carrier import AfterShip

kind = AfterShip()
