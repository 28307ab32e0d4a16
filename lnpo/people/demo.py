"""Demo content: profiles of people of the cast, each shown to others in its own way."""

from typing import Any

from lnpo.accounts.models import User
from lnpo.people.models import Profile, Visibility

NETWORK, ORGANISATION = Visibility.NETWORK, Visibility.ORGANISATION
PROFILES: dict[str, dict[str, Any]] = {
    "anna@example.org": {
        "offers": "Ik denk graag mee over het schrijven van een ondersteuningsplan dat scholen ook echt "
        "gebruiken, en over het gesprek met de ondersteuningsplanraad.",
        "seeks": "Voorbeelden van samenwerken met de gemeente rond thuiszitters.",
        "phone": "06 00 00 00 01",
        "linkedin": "https://www.linkedin.com/in/anna-lindeman-voorbeeld",
        "listed": NETWORK,
        "show_email": NETWORK,
        "show_offers": NETWORK,
        "show_seeks": NETWORK,
        "show_phone": ORGANISATION,
        "show_linkedin": NETWORK,
    },
    "bram@example.org": {
        "offers": "Cijfers over doorstroom en verzuim begrijpelijk maken voor scholen.",
        "phone": "06 00 00 00 02",
        "listed": ORGANISATION,
        "show_email": ORGANISATION,
        "show_offers": ORGANISATION,
        "show_phone": ORGANISATION,
    },
    "daan@example.org": {
        "offers": "Ervaring met een stevige basisondersteuning op kleine scholen.",
        "seeks": "Een collega-directeur om één keer per kwartaal mee te sparren.",
        "listed": NETWORK,
        "show_offers": NETWORK,
        "show_seeks": NETWORK,
    },
}


def load() -> None:
    """Make the profiles that are missing; what stands is left as it is."""
    for user in User.objects.filter(email__in=PROFILES):
        Profile.objects.get_or_create(user=user, defaults=PROFILES[user.email])
