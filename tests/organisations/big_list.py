"""Lists as large as the country: 150 samenwerkingsverbanden, 1,300 boards and 8,000 schools."""

SIZES = (150, 1_300, 8_000)


def _csv(heading: str, rows: list[str]) -> bytes:
    return ("\ufeff" + "\r\n".join([heading, *rows]) + "\r\n").encode()


def lists(
    partnerships: int = SIZES[0], boards: int = SIZES[1], schools: int = SIZES[2]
) -> list[tuple[str, bytes]]:
    """Three files in our own layout, linked to each other."""
    codes = [f"{'PO' if n % 2 else 'VO'}{n // 100 + 30:02d}{n % 100:02d}" for n in range(partnerships)]
    letters = [a + b for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    first = [f"{code};Samenwerkingsverband {n};;Plaats {n};" for n, code in enumerate(codes)]
    second = [
        f"{40000 + n};Stichting Onderwijs {n};PLAATS {n};{90000000 + n};;{codes[n % partnerships]}"
        for n in range(boards)
    ]
    third = [
        f"{n // 676 + 10}{letters[n % 676]}00;Basisschool {n};{40000 + n % boards};"
        f"{codes[n % partnerships]};bo;Plaats"
        for n in range(schools)
    ]
    return [
        ("samenwerkingsverbanden.csv", _csv("code;name;sector;place;website", first)),
        ("besturen.csv", _csv("number;name;place;kvk;website;partnership_code", second)),
        ("scholen.csv", _csv("vestigingscode;name;board_number;partnership_code;school_type;place", third)),
    ]
