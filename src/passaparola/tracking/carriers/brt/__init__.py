"""BRT (Bartolini): asked about a parcel by its REST interface."""

from passaparola.tracking.carriers.brt.carrier import Brt

kind = Brt()
