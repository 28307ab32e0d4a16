"""Which page numbers a list shows."""

from django.core.paginator import Paginator


def page_numbers(paginator: "Paginator[object]", current: int) -> list[int]:
    """First, last and the pages around ``current``; 0 stands for a gap."""
    wanted = sorted(
        {1, paginator.num_pages, *range(max(1, current - 1), min(paginator.num_pages, current + 1) + 1)}
    )
    numbers: list[int] = []
    for number in wanted:
        if numbers and number - numbers[-1] > 1:
            numbers.append(0)
        numbers.append(number)
    return numbers
