"""The layouts of lists that we know: our own simple one, and those of DUO. Recognised by their headings."""

from dataclasses import dataclass, field

from lnpo.organisations.models import OrganisationKind
from lnpo.ui.tables import Table, normalised


@dataclass(frozen=True)
class Layout:
    """One kind of list.

    ``columns`` gives for each of our names the headings that mean it; ``needed`` are names without which a
    list is not of this kind. ``kind`` is what a row describes; ``None`` for a list of links.
    """

    key: str
    title: str
    kind: OrganisationKind | None
    columns: dict[str, tuple[str, ...]]
    needed: tuple[str, ...]
    example: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def headings(self) -> list[str]:
        """The headings of the example: our own names."""
        return list(self.columns)


SWV = ("SWV", "SWV_BETALEND", "SAMENWERKINGSVERBANDNUMMER", "ADMINISTRATIENUMMER", "SWV-code", "code swv")
BOARD = ("BEVOEGD GEZAG NUMMER", "BEVOEGD GEZAG", "bestuursnummer", "BEVOEGDGEZAGNUMMER")
BRIN = ("INSTELLINGSCODE", "BRIN NUMMER", "BRINNUMMER", "BRIN")
LOCATION = ("VESTIGINGSCODE", "VESTIGINGSNUMMER", "VESTIGINGS NUMMER", "VESTIGINSNUMMER", "locatiecode")
PLACE = ("PLAATSNAAM", "plaats", "vestigingsplaats")
WEBSITE = ("INTERNETADRES", "site", "url")
KVK = ("KVK-NUMMER", "KVK NUMMER", "kvknummer")

OWN = [
    Layout(
        "partnerships",
        "samenwerkingsverbanden",
        OrganisationKind.SWV,
        {
            "code": SWV,
            "name": ("naam", "samenwerkingsverband"),
            "sector": ("onderwijssector",),
            "place": PLACE,
            "website": WEBSITE,
        },
        ("code", "name"),
        (("PO9901", "SWV Passend Onderwijs Voorbeeld", "po", "Voorbeeldstad", "https://swv.example.org"),),
    ),
    Layout(
        "boards",
        "schoolbesturen",
        OrganisationKind.BOARD,
        {
            "number": (*BOARD, "nummer"),
            "name": ("naam", "BEVOEGD GEZAG NAAM"),
            "place": PLACE,
            "kvk": KVK,
            "website": WEBSITE,
            "partnership_code": SWV,
        },
        ("number", "name"),
        (("99001", "Stichting Voorbeeldscholen", "Voorbeeldstad", "90000001", "", "PO9901"),),
    ),
    Layout(
        "schools",
        "scholen",
        OrganisationKind.SCHOOL,
        {
            "vestigingscode": LOCATION,
            "name": ("naam", "VESTIGINGSNAAM"),
            "board_number": BOARD,
            "partnership_code": SWV,
            "school_type": ("schoolsoort", "ONDERWIJSSTRUCTUUR", "SOORT PRIMAIR ONDERWIJS"),
            "place": PLACE,
            "website": WEBSITE,
            "brin": BRIN,
        },
        ("vestigingscode", "name"),
        (("99AA00", "Basisschool Het Voorbeeld", "99001", "PO9901", "bo", "Voorbeeldstad", "", ""),),
    ),
]
"""Our own lists and those of DUO with one row per organisation: the same columns by other names."""

LINKS = Layout(
    "links",
    "scholen per samenwerkingsverband",
    None,
    {"partnership_code": SWV, "brin": BRIN, "vestigingscode": LOCATION},
    ("partnership_code", "brin"),
)
"""DUO's list of which school belongs to which samenwerkingsverband."""

EXAMPLES = {layout.key: layout for layout in OWN}


def layout_of(table: Table) -> Layout | None:
    """The layout whose needed columns are all there; a school is recognised before its board or its SWV."""
    headings = {heading_key(heading) for heading in table.headings}
    for layout in (OWN[2], OWN[1], OWN[0], LINKS):
        if all(headings.intersection(known_as(layout, name)) for name in layout.needed):
            return layout
    return None


def heading_key(heading: str) -> str:
    """How headings are compared: capitals, spaces, hyphens and underscores make no difference."""
    return normalised(heading).replace("-", "").replace(" ", "")


def known_as(layout: Layout, name: str) -> list[str]:
    """The keys of the headings that mean ``name`` in this layout, ours first."""
    return [heading_key(heading) for heading in (name, *layout.columns[name])]
