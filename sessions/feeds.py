"""The private calendar of a member: an address with a secret that can be renewed and revoked."""

from django.db import transaction

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from sessions.models import CalendarFeed


def feed_of(user: User) -> CalendarFeed | None:
    """The calendar there is."""
    return CalendarFeed.objects.filter(user=user).first()


def renew_feed(user: User) -> CalendarFeed:
    """Make an address; an earlier one stops working at once."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        CalendarFeed.objects.filter(user=user).delete()
        feed = CalendarFeed.objects.create(user=user)
        record(user, "calendar_feed.renewed", feed)
    return feed


def revoke_feed(user: User) -> bool:
    """Take the address away; say whether there was one."""
    with transaction.atomic():
        feed = feed_of(user)
        if feed is None:
            return False
        record(user, "calendar_feed.revoked", feed)
        feed.delete()
    return True
