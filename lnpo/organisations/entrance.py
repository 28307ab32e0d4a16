"""Who is behind an address, and how somebody new gets an account. Called by the verbs that let people in."""

from allauth.account.models import EmailAddress

from lnpo.accounts.models import User


def account_of(email: str) -> User | None:
    """The account of whoever confirmed this address, or whose address it is."""
    address = User.objects.normalize_email(email)
    confirmed = EmailAddress.objects.filter(email=address, verified=True).select_related("user").first()
    return confirmed.user if confirmed else User.objects.filter(email=address).first()


def verified_addresses(user: User) -> set[str]:
    """The confirmed addresses of an open account."""
    if not user.is_active:
        return set()
    found = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {User.objects.normalize_email(email) for email in found}


def may_become(user: User) -> bool:
    """Whether an account still waits for its person: open, never used, and without a password."""
    return user.is_active and user.last_login is None and not user.has_usable_password() and not user.is_pos


def newcomer(email: str, first_name: str, last_name: str, password: str) -> User:
    """The account of somebody who proved to read the mail of ``email``; the address counts as confirmed."""
    address = User.objects.normalize_email(email)
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, first_name=first_name, last_name=last_name)
    user.first_name, user.last_name = first_name or user.first_name, last_name or user.last_name
    user.set_password(password)
    user.save()
    EmailAddress.objects.update_or_create(
        user=user, email=address, defaults={"verified": True, "primary": True}
    )
    return user
